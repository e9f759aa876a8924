import type { AttemptView } from '@app/contracts';
import { useI18n } from '../i18n/i18n-context';
import styles from './attempt-list.module.css';

/** Every call to a provider, or the intent of one, with what it cost. */
export function AttemptList({ attempts }: { attempts: readonly AttemptView[] }) {
  const { t, instant } = useI18n();
  return (
    <>
      <h3 className={styles.heading}>{t('outcome.attempts')}</h3>
      {attempts.length === 0 && <p className={styles.none}>{t('outcome.noAttempts')}</p>}
      <ol className={styles.attempts}>
        {attempts.map((attempt) => (
          <li key={attempt.id}>
            <span className={styles.what}>
              {t('outcome.attemptNumber', { number: attempt.number })} · {t(`provider.${attempt.provider}`)} ·{' '}
              {attempt.outcome ? t(`outcomeCode.${attempt.outcome}`) : t(`attempt.${attempt.state}`)}
            </span>
            <span className={styles.charge}>{attempt.charge ? t(`charge.${attempt.charge}`) : t('charge.pending')}</span>
            <span className={styles.detail}>
              {instant(attempt.createdAt)}
              {attempt.providerCode !== null && <code>{attempt.providerCode}</code>}
              {attempt.providerMessage}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
