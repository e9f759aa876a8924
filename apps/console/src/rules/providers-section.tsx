import type { ProviderView } from '@app/contracts';
import { Empty, Skeleton, Tag } from 'antd';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';

const never = (): null => null;
const COLOURS: Record<ProviderView['state'], string> = { closed: 'success', halfOpen: 'warning', open: 'error', paused: 'warning' };
/** Why a circuit opened by itself; anything else is an operator's own words. */
const OWN_REASONS = ['account', 'failures'] as const;

/** Whether each provider can be called. They serve all tenants, so that the operator of the installation stops and starts them. */
export function ProvidersSection() {
  const { t, instant } = useI18n();
  const api = useApi();
  const { value, failure, reload } = usePolled(
    useCallback(() => api.listProviders(), [api]),
    never,
  );
  const reasonOf = (reason: string): string => {
    const own = OWN_REASONS.find((one) => one === reason);
    return own ? t(`channels.reason.${own}`) : reason;
  };
  return (
    <Section heading={t('channels.heading')}>
      <p className={tables.hint}>{t('channels.intro')}</p>
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {value === null && !failure && <Skeleton active title={false} />}
      {value?.items.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('channels.none')} />}
      {value && value.items.length > 0 && (
        <div className={tables.scroll}>
          <table className={tables.table}>
            <thead>
              <tr>
                {(['provider', 'state', 'since', 'reason', 'reopens'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`channels.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {value.items.map(({ provider, state, since, reason, reopensAt }) => (
                <tr key={provider} data-channel={provider} data-state={state}>
                  <th scope="row">{t(`provider.${provider}`)}</th>
                  <td>
                    <Tag color={COLOURS[state]}>{t(`channels.state.${state}`)}</Tag>
                  </td>
                  <td>{instant(since)}</td>
                  <td>{reason === null ? '—' : reasonOf(reason)}</td>
                  <td>{reopensAt === null ? '—' : instant(reopensAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
