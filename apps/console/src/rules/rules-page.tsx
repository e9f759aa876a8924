import { Skeleton } from 'antd';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import page from '../app/page.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { ConsentSection } from '../consent/consent-section';
import { PolicyHistory } from './policy-history';
import { PolicySection } from './policy-section';
import { ProvidersSection } from './providers-section';
import { RegisterSection } from './register-section';
import { RuleSetsSection } from './rule-sets-section';

const never = (): null => null;

/** 查验规则: what holds of verifications, who changed it, and whether the providers can be called. */
export function RulesPage() {
  const { t } = useI18n();
  const { may } = useAccess();
  const api = useApi();
  const { value, failure, reload } = usePolled(
    useCallback(() => api.readPolicy(), [api]),
    never,
  );
  return (
    <div className={page.page}>
      <div>
        <h1 className={page.heading}>{t('rules.heading')}</h1>
        <p className={page.intro}>{t('rules.intro')}</p>
      </div>
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {value === null && !failure && <Skeleton active />}
      {value && <PolicySection policy={value} onOutdated={reload} />}
      <ConsentSection />
      <RegisterSection />
      {may('verification.read') && <ProvidersSection />}
      <RuleSetsSection />
      {value && may('approval.read') && <PolicyHistory />}
    </div>
  );
}
