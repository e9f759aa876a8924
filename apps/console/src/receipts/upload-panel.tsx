import { InboxOutlined } from '@ant-design/icons';
import { useRef, useState, type DragEvent } from 'react';
import { ReferenceInput } from '../consent/reference-input';
import { useI18n } from '../i18n/i18n-context';
import { QuotaNotice } from '../quotas/quota-notice';
import styles from './upload-panel.module.css';
import { OFFERED_FILES } from './upload-form';
import { UploadRow } from './upload-row';
import type { Uploads } from './use-uploads';

const QUOTAS = ['uploadsPerDay', 'storedBytes', 'waitingReceipts'] as const;

/** Where files are dropped or chosen, and the queue of those on their way. */
export function UploadPanel({ uploads }: { uploads: Uploads }) {
  const isSending = uploads.queue.some(({ state }) => state === 'waiting' || state === 'sending');
  const { t } = useI18n();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [reference, setReference] = useState('');

  const take = (files: FileList | null): void => {
    if (!files || files.length === 0) return;
    uploads.add(Array.from(files), reference);
    setReference('');
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files);
  };

  return (
    <section className={styles.panel} aria-label={t('upload.label')}>
      <button
        type="button"
        className={styles.drop}
        data-over={isOver}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <InboxOutlined className={styles.icon} aria-hidden />
        <span>{t(isOver ? 'upload.dropNow' : 'upload.drop')}</span>
        <span className={styles.hint}>{t('upload.hint')}</span>
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={OFFERED_FILES}
        aria-label={t('upload.label')}
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          // The same file chosen again must be a change again.
          currentTarget.value = '';
        }}
      />
      <ReferenceInput value={reference} onChange={setReference} />
      <QuotaNotice kinds={QUOTAS} round={isSending ? 'sending' : 'still'} />
      {uploads.queue.length > 0 && (
        <ul className={styles.queue} aria-label={t('upload.queue')}>
          {uploads.queue.map((upload) => (
            <UploadRow key={upload.key} upload={upload} uploads={uploads} />
          ))}
        </ul>
      )}
    </section>
  );
}
