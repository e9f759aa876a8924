import { CloseOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { FailureText } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import { BatchResult } from './batch-result';
import type { Upload } from './upload-queue';
import styles from './upload-row.module.css';
import type { Uploads } from './use-uploads';

/** One file of the queue: how far it is, or why it failed. */
export function UploadRow({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const { t } = useI18n();
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <span className={styles.name} title={upload.file.name}>
          {upload.file.name}
        </span>
        {upload.state === 'failed' && (
          <Button
            size="small"
            type="text"
            icon={<ReloadOutlined />}
            aria-label={t('upload.retry')}
            title={t('upload.retry')}
            onClick={() => uploads.retry(upload.key)}
          />
        )}
        {upload.state !== 'sending' && (
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined />}
            aria-label={t('upload.dismiss')}
            title={t('upload.dismiss')}
            onClick={() => uploads.dismiss(upload.key)}
          />
        )}
      </div>
      <UploadState upload={upload} />
    </li>
  );
}

function UploadState({ upload: { file, state, progress, failure, batch } }: { upload: Upload }) {
  const { t } = useI18n();
  if (batch) return <BatchResult batch={batch} />;
  if (failure) {
    return (
      <div className={styles.failure} role="alert">
        <FailureText failure={failure} />
        {failure.kind === 'problem' && <div className={styles.id}>{t('failure.id', { id: failure.problem.id })}</div>}
      </div>
    );
  }
  const percent = Math.round(progress * 100);
  return (
    <>
      <Progress percent={percent} size="small" showInfo={false} status="active" aria-label={file.name} />
      <div className={styles.state}>{state === 'waiting' ? t('upload.waiting') : t('upload.sending', { percent })}</div>
    </>
  );
}
