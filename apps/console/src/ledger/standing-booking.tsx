import type { BookingView } from '@app/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useProposedNote } from '../approvals/use-proposed-note';
import { useI18n } from '../i18n/i18n-context';
import { useCalled } from '../names/use-called';
import { useAccess } from '../sign-in/access';
import { undoRequest } from './booking-request';
import styles from './booking-panel.module.css';
import { LineField } from './line-field';
import type { BookingActs } from './use-booking';

/** The booking that stands; taking it back needs a reason and a second person. */
export function StandingBooking({ booking: { voucher, by, at }, acts }: { booking: BookingView; acts: BookingActs }) {
  const { t, instant } = useI18n();
  const called = useCalled();
  const { may } = useAccess();
  const [isUndoing, setIsUndoing] = useState(false);
  return (
    <>
      <p className={styles.standing}>{t('ledger.bookedBy', { name: called(by), time: instant(at), voucher })}</p>
      {!may('ledger.book') ? null : isUndoing ? (
        <UndoForm acts={acts} onCancel={() => setIsUndoing(false)} />
      ) : (
        <div className={styles.controls}>
          <Button onClick={() => setIsUndoing(true)}>{t('ledger.undo')}</Button>
        </div>
      )}
    </>
  );
}

function UndoForm({ acts, onCancel }: { acts: BookingActs; onCancel: () => void }) {
  const { t } = useI18n();
  const tellProposed = useProposedNote();
  const [reason, setReason] = useState('');
  const request = undoRequest(reason);
  const submit = async (): Promise<void> => {
    if (request && !acts.isSending && (await acts.undo(request))) tellProposed();
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <LineField label={t('ledger.reason')} name="undo-reason" value={reason} maxLength={200} onChange={setReason} isFocused />
      <div className={styles.controls}>
        <Button danger htmlType="submit" disabled={!request} loading={acts.isSending}>
          {t('ledger.undoConfirm')}
        </Button>
        <Button onClick={onCancel}>{t('ledger.cancel')}</Button>
      </div>
    </form>
  );
}
