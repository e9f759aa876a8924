import type { ChargeSummaryQuery } from '@app/contracts';
import { Alert, Skeleton } from 'antd';
import { useState } from 'react';
import { FailureAlert } from '../api/failure-alert';
import page from '../app/page.module.css';
import { useI18n } from '../i18n/i18n-context';
import { CostNotes } from './cost-notes';
import { CostTable } from './cost-table';
import { CostTotals } from './cost-totals';
import { periodOf, queryOf, todayInChina, type Period } from './period';
import { PeriodPicker } from './period-picker';
import { useCosts } from './use-costs';

/** What the calls to the providers cost, by day, month or provider. */
export function CostsPage() {
  const { t } = useI18n();
  const [period, setPeriod] = useState<Period>(() => periodOf('thisMonth', todayInChina(new Date())));
  const [by, setBy] = useState<ChargeSummaryQuery['by']>('day');
  const query = queryOf(period, by);
  const { value, failure, reload } = useCosts(query);
  return (
    <div className={page.page}>
      <div>
        <h1 className={page.heading}>{t('costs.heading')}</h1>
        <p className={page.intro}>{t('costs.intro')}</p>
      </div>
      <PeriodPicker period={period} by={by} onPeriod={setPeriod} onBy={setBy} />
      {query === null && <Alert type="warning" showIcon role="alert" title={t('costs.badPeriod')} />}
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {query !== null && value === null && !failure && <Skeleton active />}
      {value && (
        <>
          <CostTotals total={value.total} />
          <CostNotes total={value.total} />
          <CostTable summary={value} />
        </>
      )}
    </div>
  );
}
