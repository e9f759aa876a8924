import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import type { BillExport, ExportFormat } from './use-export';

const FORMATS: ExportFormat[] = ['xlsx', 'csv'];

/** Exports what the present filters find. */
export function ExportButtons({ bills }: { bills: BillExport }) {
  const { t } = useI18n();
  const { message } = App.useApp();
  const save = async (format: ExportFormat): Promise<void> => {
    if (await bills.save(format)) message.success(t('ledger.exported', { format: format.toUpperCase() }));
  };
  return FORMATS.map((format) => (
    <Button
      key={format}
      icon={<DownloadOutlined />}
      title={t('ledger.exportHint')}
      loading={bills.making === format}
      disabled={bills.making !== null && bills.making !== format}
      onClick={() => void save(format)}
    >
      {t('ledger.export', { format: format.toUpperCase() })}
    </Button>
  ));
}
