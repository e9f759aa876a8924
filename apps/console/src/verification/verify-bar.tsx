import { LockOutlined } from '@ant-design/icons';
import { ProviderId } from '@app/contracts';
import { Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import type { ElementMark, Mark } from '../receipts/element-marks';
import { ReviewFailure, SaveReview, type ReviewActions } from './review-bar';
import { useAccess } from '../sign-in/access';
import type { ElementsForm } from './use-elements-form';
import type { Verification } from './use-verification';
import { isPending } from './verdict-light';
import styles from './verify-bar.module.css';

interface Props {
  form: ElementsForm;
  verification: Verification;
  review: ReviewActions | null;
  onClear: (() => void) | undefined;
}

/** Chooses the provider and verifies; says what leaves the bank, and what is missing before it can. */
export function VerifyBar({ form, verification, review, onClear }: Props) {
  const { t } = useI18n();
  const [provider, setProvider] = useState<ProviderId | 'default'>('default');
  const { view, failure, isSending, submit } = verification;
  const mayVerify = useAccess().may('verification.write');
  const isBusy = isSending || review?.isSaving === true || (view !== null && isPending(view) && !form.isStale);
  const { ready } = form;

  // What a person corrected is kept before it is paid for: an outcome must never speak of elements that nobody can find again.
  const verify = async (): Promise<void> => {
    // Behind a sign-in that covers the page, keys are not meant for it.
    if (!ready || isBusy || !mayVerify || form.submitRef.current?.checkVisibility() !== true) return;
    if (review && !(await review.save())) return;
    await submit(ready, provider === 'default' ? null : provider);
  };
  useVerifyShortcut(() => void verify());

  return (
    <div className={styles.bar}>
      {review && <ReviewFailure review={review} />}
      {failure && <FailureAlert failure={failure} />}
      <div className={styles.controls}>
        {mayVerify && (
          <Select
            value={provider}
            onChange={setProvider}
            aria-label={t('verify.provider')}
            className={styles.provider}
            options={[
              { value: 'default', label: t('verify.providerDefault') },
              ...ProviderId.options.map((value) => ({ value, label: t(`provider.${value}`) })),
            ]}
          />
        )}
        {review && <SaveReview review={review} />}
        {onClear && <Button onClick={onClear}>{t('manual.clear')}</Button>}
        {mayVerify && (
          <Button
            ref={form.submitRef}
            type={view && !form.isStale ? 'default' : 'primary'}
            size="large"
            className={styles.submit}
            disabled={!ready}
            loading={isBusy}
            onClick={() => void verify()}
          >
            {t(isBusy ? 'verify.sending' : view ? 'verify.again' : 'verify.submit')}
          </Button>
        )}
      </div>
      <div className={styles.note} hidden={!mayVerify}>
        {ready ? (
          <>
            <LockOutlined aria-hidden /> {t('verify.onlyFive')}
          </>
        ) : (
          t(notReadyText(form.marks))
        )}
      </div>
    </div>
  );
}

/** What a person has to do first, the most fundamental thing before the others. */
function notReadyText(marks: readonly ElementMark[]) {
  const has = (wanted: Mark) => marks.some(({ mark }) => mark === wanted);
  if (has('missing')) return 'verify.notReady.missing';
  return has('invalid') ? 'verify.notReady.invalid' : 'verify.notReady.doubtful';
}

function useVerifyShortcut(verify: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
      event.preventDefault();
      verify();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}
