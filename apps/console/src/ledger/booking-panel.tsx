import type { BillDetailView } from '@app/contracts';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { needsOverride } from './bill-standing';
import { BookForm } from './book-form';
import { BookingFailure } from './booking-failure';
import styles from './booking-panel.module.css';
import { StandingBooking } from './standing-booking';
import { useBooking } from './use-booking';

/** 入账: a bill is booked once; the booking that stands, or the form for one. */
export function BookingPanel({ bill, onActed }: { bill: BillDetailView; onActed: (bill: BillDetailView | null) => void }) {
  const { t } = useI18n();
  const { may } = useAccess();
  const acts = useBooking(bill.id, onActed);
  return (
    <Section heading={t('ledger.booking')}>
      <div className={styles.panel}>
        {acts.failure && <BookingFailure failure={acts.failure} booking={bill.booking} />}
        {bill.booking ? (
          <StandingBooking booking={bill.booking} acts={acts} />
        ) : may('ledger.book') ? (
          <BookForm acts={acts} needsOverride={needsOverride(bill)} />
        ) : (
          t('ledger.booked.false')
        )}
      </div>
    </Section>
  );
}
