import { Alert, App, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useI18n } from '../i18n/i18n-context';
import { bookingRequest, EMPTY_BOOKING } from './booking-request';
import styles from './booking-panel.module.css';
import { LineField } from './line-field';
import type { BookingActs } from './use-booking';

/** Books the bill for a voucher. One that is no undoubted match is booked only with a reason and a person's express word. */
export function BookForm({ acts, needsOverride }: { acts: BookingActs; needsOverride: boolean }) {
  const { t } = useI18n();
  const { message } = App.useApp();
  const [draft, setDraft] = useState(EMPTY_BOOKING);
  const edit = (changes: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...changes }));
  const request = bookingRequest(draft, needsOverride);
  const submit = async (): Promise<void> => {
    if (request && !acts.isSending && (await acts.book(request))) message.success(t('ledger.bookedNow'));
  };
  return (
    <form
      className={styles.form}
      data-override={needsOverride}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {needsOverride && <Alert type="warning" showIcon title={t('ledger.overrideWarning')} description={t('ledger.overrideHint')} />}
      <LineField
        label={t('ledger.voucher')}
        name="voucher"
        value={draft.voucher}
        maxLength={100}
        onChange={(voucher) => edit({ voucher })}
      />
      {needsOverride && (
        <>
          <LineField
            label={t('ledger.reason')}
            name="reason"
            value={draft.reason}
            maxLength={200}
            onChange={(reason) => edit({ reason })}
          />
          <Checkbox checked={draft.isOverridden} onChange={({ target }) => edit({ isOverridden: target.checked })}>
            {t('ledger.overrideConfirm')}
          </Checkbox>
        </>
      )}
      <div className={styles.controls}>
        <Button
          type={needsOverride ? 'default' : 'primary'}
          danger={needsOverride}
          htmlType="submit"
          disabled={!request}
          loading={acts.isSending}
        >
          {t(needsOverride ? 'ledger.bookAnyway' : 'ledger.book')}
        </Button>
      </div>
    </form>
  );
}
