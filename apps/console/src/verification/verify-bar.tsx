import { LockOutlined } from '@ant-design/icons';
import { ProviderId } from '@app/contracts';
import { Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import type { ElementMark, Mark } from '../receipts/element-marks';
import type { ElementsForm } from './use-elements-form';
import type { Verification } from './use-verification';
import { isPending } from './verdict-light';
import styles from './verify-bar.module.css';

interface Props {
  form: ElementsForm;
  verification: Verification;
  onClear: (() => void) | undefined;
}

/** Chooses the provider and verifies; says what leaves the bank, and what is missing before it can. */
export function VerifyBar({ form, verification, onClear }: Props) {
  const { t } = useI18n();
  const [provider, setProvider] = useState<ProviderId | 'default'>('default');
  const { view, failure, isSending, submit } = verification;
  const isBusy = isSending || (view !== null && isPending(view) && !form.isStale);
  const { ready } = form;

  const verify = (): void => {
    if (ready && !isBusy) void submit(ready, provider === 'default' ? null : provider);
  };
  useVerifyShortcut(verify);

  return (
    <div className={styles.bar}>
      {failure && <FailureAlert failure={failure} />}
      <div className={styles.controls}>
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
        {onClear && <Button onClick={onClear}>{t('manual.clear')}</Button>}
        <Button
          ref={form.submitRef}
          type={view && !form.isStale ? 'default' : 'primary'}
          size="large"
          className={styles.submit}
          disabled={!ready}
          loading={isBusy}
          onClick={verify}
        >
          {t(isBusy ? 'verify.sending' : view ? 'verify.again' : 'verify.submit')}
        </Button>
      </div>
      <div className={styles.note}>
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
