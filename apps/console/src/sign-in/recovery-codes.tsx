import { Alert, Button } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import styles from './recovery-codes.module.css';

/** Recovery codes, which are shown this once. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useI18n();
  return (
    <div className={styles.codes}>
      <Alert type="warning" showIcon title={t('recovery.heading')} description={t('recovery.intro')} />
      <ul aria-label={t('recovery.heading')} data-recovery>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button type="primary" data-action="codes-kept" onClick={onKept}>
        {t('recovery.done')}
      </Button>
    </div>
  );
}
