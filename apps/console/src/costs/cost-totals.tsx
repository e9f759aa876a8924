import type { ChargeSums } from '@app/contracts';
import { Figures } from '../app/figures';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';

/** What matters most of a period. */
export function CostTotals({ total }: { total: ChargeSums }) {
  const { t } = useI18n();
  const mark = total.hasPlaceholderPrice ? ` (${t('costs.placeholder')})` : '';
  return (
    <Section heading={t('costs.total')}>
      <Figures
        figures={[
          { name: t('costs.amount') + mark, value: total.amountYuan, tone: 'blue' },
          { name: t('costs.calls'), value: total.calls },
          { name: t('costs.charged'), value: total.charged },
          { name: t('costs.free'), value: total.free },
          { name: t('costs.unknown'), value: total.unknown, tone: total.unknown > 0 ? 'amber' : undefined },
          { name: t('costs.unknownAmount'), value: total.unknownYuan, tone: total.unknown > 0 ? 'amber' : undefined },
        ]}
      />
    </Section>
  );
}
