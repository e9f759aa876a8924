import { useI18n } from '../i18n/i18n-context';
import styles from './brand.module.css';

/** The product's seal and name. */
export function Brand({ size }: { size: 'small' | 'large' }) {
  const { t } = useI18n();
  return (
    <div className={`${styles.brand ?? ''} ${styles[size] ?? ''}`}>
      <img src="/seal.svg" alt="" className={styles.seal} />
      <div>
        <div className={styles.name}>
          票验 <span lang="en">Piaoyan</span>
        </div>
        {size === 'large' && <h1 className={styles.subtitle}>{t('app.subtitle')}</h1>}
      </div>
    </div>
  );
}
