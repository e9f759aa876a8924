import type { ChargeSums } from '@app/contracts';
import { Alert } from 'antd';
import { useI18n } from '../i18n/i18n-context';

/** What must be known before the figures are believed. */
export function CostNotes({ total }: { total: ChargeSums }) {
  const { t } = useI18n();
  return (
    <>
      {total.hasPlaceholderPrice && <Alert type="warning" showIcon title={t('costs.placeholderNote')} />}
      {total.unknown > 0 && (
        <Alert type="warning" showIcon title={t('costs.unknownNote', { count: total.unknown, amount: total.unknownYuan })} />
      )}
    </>
  );
}
