import { InboxOutlined } from '@ant-design/icons';
import { ProviderId } from '@app/contracts';
import { Select } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { ReferenceInput } from '../consent/reference-input';
import { useI18n } from '../i18n/i18n-context';
import styles from './table-upload.module.css';
import { FileButtons } from './file-buttons';
import { useTableUpload } from './use-table-upload';

/** The template, and where a filled one is dropped or chosen. */
export function TableUpload({ onArrived }: { onArrived: (batchId: string) => void }) {
  const { t } = useI18n();
  const api = useApi();
  const input = useRef<HTMLInputElement>(null);
  const [provider, setProvider] = useState<ProviderId | 'default'>('default');
  const [reference, setReference] = useState('');
  const { fraction, failure, send, retry } = useTableUpload(onArrived);

  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (!file || fraction !== null) return;
    send(file, { provider: provider === 'default' ? null : provider, reference });
    setReference('');
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    take(event.dataTransfer.files);
  };
  return (
    <section className={styles.panel} aria-label={t('batches.upload')}>
      <FileButtons label={t('batches.template')} load={(file) => api.downloadTemplate(file)} />
      <Select
        value={provider}
        onChange={setProvider}
        aria-label={t('verify.provider')}
        options={[
          { value: 'default', label: t('verify.providerDefault') },
          ...ProviderId.options.map((value) => ({ value, label: t(`provider.${value}`) })),
        ]}
      />
      <ReferenceInput value={reference} onChange={setReference} />
      <button
        type="button"
        className={styles.drop}
        disabled={fraction !== null}
        onClick={() => input.current?.click()}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
      >
        <InboxOutlined className={styles.icon} aria-hidden />
        <span>{fraction === null ? t('batches.drop') : t('batches.sending', { percent: Math.round(fraction * 100) })}</span>
        <span className={styles.hint}>{t('batches.hint')}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx,.csv"
        aria-label={t('batches.upload')}
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          // The same file chosen again must be a change again.
          currentTarget.value = '';
        }}
      />
      {failure && <FailureAlert failure={failure} onRetry={retry} />}
    </section>
  );
}
