import { CloseOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { FailureText } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import type { Upload } from './upload-queue';
import styles from './upload-row.module.css';
import type { Uploads } from './use-uploads';

/** One file of the queue: how far it is, or why it failed. */
export function UploadRow({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const { t } = useI18n();
  const percent = Math.round(upload.progress * 100);
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
      {upload.failure ? (
        <div className={styles.failure} role="alert">
          <FailureText failure={upload.failure} />
          {upload.failure.kind === 'problem' && <div className={styles.id}>{t('failure.id', { id: upload.failure.problem.id })}</div>}
        </div>
      ) : (
        <>
          <Progress percent={percent} size="small" showInfo={false} status="active" aria-label={upload.file.name} />
          <div className={styles.state}>{upload.state === 'waiting' ? t('upload.waiting') : t('upload.sending', { percent })}</div>
        </>
      )}
    </li>
  );
}
