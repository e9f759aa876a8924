import type { BillDetailView, BillView } from '@app/contracts';
import { Spin } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import { useI18n } from '../i18n/i18n-context';
import { BillBookings } from './bill-bookings';
import { BillElements } from './bill-elements';
import { BillExplanation } from './bill-explanation';
import styles from './bill-pane.module.css';
import { BillOrigin } from './bill-origin';
import { BillReference } from './bill-reference';
import { BillReceipts } from './bill-receipts';
import { BillVerification } from './bill-verification';
import { BookingPanel } from './booking-panel';

const IN_PROGRESS_DELAY_MS = 3_000;
const nextDelayMs = ({ state }: BillDetailView): number | null => (state === 'inProgress' ? IN_PROGRESS_DELAY_MS : null);

interface Props {
  billId: string;
  /** Told whatever is learned of the bill. */
  onChanged: (bill: BillView) => void;
}

/** All that is known of a bill, and what can be done with it. */
export function BillPane({ billId, onChanged }: Props) {
  const { t } = useI18n();
  const api = useApi();
  const asked = usePolled(
    useCallback(() => api.readBill(billId), [api, billId]),
    nextDelayMs,
  );
  const [bill, setBill] = useLatest(asked.value);
  useTelling(bill, onChanged);

  if (!bill) {
    if (asked.failure) return <FailureAlert failure={asked.failure} onRetry={asked.reload} />;
    return (
      <Spin description={t('ledger.loading')}>
        <div className={styles.room} />
      </Spin>
    );
  }
  return (
    <>
      {asked.failure && <FailureAlert failure={asked.failure} onRetry={asked.reload} />}
      <BillExplanation bill={bill} />
      <BookingPanel
        bill={bill}
        onActed={(acted) => {
          setBill(acted);
          asked.reload();
        }}
      />
      <BillElements bill={bill} />
      <BillOrigin
        bill={bill}
        onActed={(acted) => {
          setBill(acted);
          asked.reload();
        }}
      />
      <BillReceipts bill={bill} />
      <BillVerification bill={bill} />
      <BillBookings acts={bill.bookings} />
      <BillReference billId={bill.id} />
    </>
  );
}

/** The bill as it was asked for last, until an act gives it as it is since. */
function useLatest(asked: BillDetailView | null): [BillDetailView | null, (acted: BillDetailView | null) => void] {
  const [acted, setActed] = useState<BillDetailView | null>(null);
  useEffect(() => setActed(null), [asked]);
  return [acted ?? asked, setActed];
}

/** The list has no use for what only the pane shows. */
function useTelling(bill: BillDetailView | null, onChanged: (bill: BillView) => void): void {
  const tell = useRef(onChanged);
  useEffect(() => {
    tell.current = onChanged;
  });
  useEffect(() => {
    if (!bill) return;
    const { receipts: _receipts, bookings: _bookings, ...row } = bill;
    tell.current(row);
  }, [bill]);
}
