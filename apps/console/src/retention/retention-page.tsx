import { Skeleton } from 'antd';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import page from '../app/page.module.css';
import { useI18n } from '../i18n/i18n-context';
import { ErasuresSection } from './erasures-section';
import { HoldsSection } from './holds-section';
import { PeriodsSection } from './periods-section';

const never = (): null => null;

/** 保存期限: how long each class is kept, what is kept beyond that by law, and the proofs of what was erased. */
export function RetentionPage() {
  const { t } = useI18n();
  const api = useApi();
  const { value, failure, reload } = usePolled(
    useCallback(() => api.readRetention(), [api]),
    never,
  );
  return (
    <div className={page.page}>
      <div>
        <h1 className={page.heading}>{t('retention.heading')}</h1>
        <p className={page.intro}>{t('retention.intro')}</p>
      </div>
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {value === null && !failure && <Skeleton active />}
      {value && <PeriodsSection retention={value} onOutdated={reload} />}
      <HoldsSection />
      <ErasuresSection />
    </div>
  );
}
