import type { BillReading, Reading } from '@app/contracts';
import { Alert } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import styles from './decision-banner.module.css';

/** What the reading decided, with its reasons in words, and how much is left for a person to do. */
export function DecisionBanner({ bill, openCount }: { bill: BillReading; openCount: number }) {
  const { t, say } = useI18n();
  const reasons = bill.reasons.length > 0 && (
    <ul className={styles.reasons}>
      {bill.reasons.map(({ code, field, message }) => (
        <li key={`${code} ${field ?? ''}`}>{say(message)}</li>
      ))}
    </ul>
  );
  if (bill.decision === 'auto') {
    const notes = reasons && (
      <>
        {t('banner.autoNotes')}
        {reasons}
      </>
    );
    return <Alert type="info" showIcon title={t('banner.auto')} description={notes} className={styles.banner} />;
  }
  const title = openCount > 0 ? `${t('banner.review')} · ${t('banner.reviewCount', { count: openCount })}` : t('banner.reviewDone');
  return <Alert type={openCount > 0 ? 'warning' : 'info'} showIcon title={title} description={reasons} className={styles.banner} />;
}

/** What a refused document is, and that it cannot be verified. */
export function RefusalBanner({ refusal }: { refusal: NonNullable<Reading['refusal']> }) {
  const { t, say } = useI18n();
  return <Alert type="error" showIcon title={t('banner.refuse')} description={say(refusal.message)} className={styles.banner} />;
}
