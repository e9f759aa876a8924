import { DownloadOutlined } from '@ant-design/icons';
import type { BatchFileQuery } from '@app/contracts';
import { Button, Space } from 'antd';
import type { DownloadedFile } from '../api/api-calls';
import type { Answer } from '../api/failure';
import { FailureAlert } from '../api/failure-alert';
import { useDownload } from '../api/use-download';
import { useI18n } from '../i18n/i18n-context';
import styles from './file-buttons.module.css';

interface Props {
  label: string;
  load: (file: BatchFileQuery) => Promise<Answer<DownloadedFile>>;
}

const FORMATS = ['xlsx', 'csv'] as const;

/** One file in either format, in the language of the console. */
export function FileButtons({ label, load }: Props) {
  const { language } = useI18n();
  const { save, isLoading, failure } = useDownload();
  return (
    <div className={styles.files}>
      <div className={styles.row}>
        <span className={styles.label}>{label}</span>
        <Space.Compact size="small">
          {FORMATS.map((format) => (
            <Button
              key={format}
              icon={<DownloadOutlined />}
              disabled={isLoading}
              aria-label={`${label} ${format.toUpperCase()}`}
              onClick={() => void save(() => load({ format, language }))}
            >
              {format.toUpperCase()}
            </Button>
          ))}
        </Space.Compact>
      </div>
      {failure && <FailureAlert failure={failure} />}
    </div>
  );
}
