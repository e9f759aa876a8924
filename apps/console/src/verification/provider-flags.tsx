import type { ProviderFace } from '@app/contracts';
import { useI18n } from '../i18n/i18n-context';
import styles from './provider-flags.module.css';

/** The provider's flags. One that was not given is 未提供, never 否: silence is no answer. */
export function ProviderFlags({ face }: { face: ProviderFace }) {
  const { t } = useI18n();
  const flags = (['reversed', 'accounted', 'printed'] as const).map((name) => ({ name, value: face[name] }));
  const words = (value: boolean | null) => (value === null ? t('face.notProvided') : t(value ? 'flag.yes' : 'flag.no'));
  const reversal = (['reversedDate', 'reversedReason'] as const).filter((name) => face[name] !== null && face[name] !== '');
  return (
    <>
      <h3 className={styles.heading}>{t('outcome.flags')}</h3>
      <dl className={styles.flags}>
        {flags.map(({ name, value }) => (
          <div key={name} data-flag={name} data-raised={value === true}>
            <dt>{t(`flag.${name}`)}</dt>
            <dd>{words(value)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('flag.verificationCount')}</dt>
          <dd>{face.verificationCount ?? t('face.notProvided')}</dd>
        </div>
      </dl>
      {reversal.map((name) => (
        <p key={name} className={styles.reversal}>
          {t(`flag.${name}`)} {face[name]}
        </p>
      ))}
    </>
  );
}
