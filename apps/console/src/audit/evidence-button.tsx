import { FileProtectOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { useDownload } from '../api/use-download';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';

/** Hands out the signed evidence of a bill, to whom that is allowed; null while no bill is named. */
export function EvidenceButton({ billId }: { billId: string | null }) {
  const { t } = useI18n();
  const { may } = useAccess();
  const api = useApi();
  const file = useDownload();
  if (!may('evidence.export')) return null;
  return (
    <>
      <Button
        size="small"
        icon={<FileProtectOutlined />}
        title={t('audit.evidenceHint')}
        loading={file.isLoading}
        disabled={billId === null}
        data-action="evidence"
        onClick={() => void (billId !== null && file.save(() => api.readEvidence(billId)))}
      >
        {t('audit.evidence')}
      </Button>
      {file.failure && <FailureAlert failure={file.failure} />}
    </>
  );
}
