import type { ReceiptView } from '@app/contracts';
import { Alert } from 'antd';
import { useI18n } from '../i18n/i18n-context';

/** What a check found wrong with the stored original: what is shown may not be what was uploaded. */
export function OriginalFaultAlert({ fault }: { fault: ReceiptView['originalFault'] }) {
  const { t, instant } = useI18n();
  if (!fault) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-original-fault={fault.kind}
      title={t(`receipt.fault.${fault.kind}`)}
      description={t('receipt.faultHint', { time: instant(fault.foundAt) })}
    />
  );
}
