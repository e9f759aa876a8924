import type { BookingView } from '@app/contracts';
import { Alert } from 'antd';
import type { Failure } from '../api/failure';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import { useCalled } from '../names/use-called';

/** Why an act was not done. Where somebody booked the bill before, it says who, when and for which voucher. */
export function BookingFailure({ failure, booking }: { failure: Failure; booking: BookingView | null }) {
  const { t, instant } = useI18n();
  const called = useCalled();
  if (failure.kind !== 'problem' || failure.problem.code !== 'bill-booked' || !booking) return <FailureAlert failure={failure} />;
  const { by, at, voucher } = booking;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t('ledger.conflict', { name: called(by), time: instant(at), voucher })}
      description={t('failure.id', { id: failure.problem.id })}
    />
  );
}
