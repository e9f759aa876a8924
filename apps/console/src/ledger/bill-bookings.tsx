import { BILL_STATES, type BookingActView } from '@app/contracts';
import { Tag } from 'antd';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { useCalled } from '../names/use-called';
import styles from './entries.module.css';

/** What was booked and taken back, oldest first; nothing of it is ever forgotten. */
export function BillBookings({ acts }: { acts: readonly BookingActView[] }) {
  const { t } = useI18n();
  return (
    <Section heading={t('ledger.history')}>
      {acts.length === 0 && <p className={styles.none}>{t('ledger.noHistory')}</p>}
      <ol className={styles.entries}>
        {acts.map((act) => (
          <Act key={`${act.at} ${act.act}`} act={act} />
        ))}
      </ol>
    </Section>
  );
}

function Act({ act: { act, voucher, reason, isOverride, state, by, at } }: { act: BookingActView }) {
  const { t, say, instant } = useI18n();
  const called = useCalled();
  return (
    <li data-act={act}>
      <span className={styles.what}>
        {t(`ledger.act.${act}`)} · {t('ledger.voucher')} {voucher}
      </span>
      {isOverride && <Tag color="warning">{t('ledger.override')}</Tag>}
      <span className={styles.detail}>
        <span>{called(by)}</span>
        <time dateTime={at}>{instant(at)}</time>
        <span>{t('ledger.stateThen', { state: say(BILL_STATES[state]) })}</span>
        {reason !== null && <span>{t('ledger.reasonGiven', { reason })}</span>}
      </span>
    </li>
  );
}
