import type { ApprovalView } from '@app/contracts';
import { Button, Empty, Skeleton } from 'antd';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePaged } from '../api/use-paged';
import { ChangeTable } from '../approvals/change-table';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useCalled } from '../names/use-called';

const PAGE = 50;

/** The versions of the rules that two persons made: what each changed, by whom and why. */
export function PolicyHistory() {
  const { t, instant } = useI18n();
  const called = useCalled();
  const api = useApi();
  const list = usePaged(
    useCallback((page) => api.listApprovals({ ...page, state: 'approved' }), [api]),
    PAGE,
  );
  const versions = list.items?.filter(({ kind }) => kind === 'verificationPolicy.set') ?? [];
  return (
    <Section heading={t('rules.history')}>
      {list.failure && <FailureAlert failure={list.failure} onRetry={list.reload} />}
      {list.items === null && !list.failure && <Skeleton active title={false} />}
      {list.items && versions.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(list.hasMore ? 'rules.noneAmongShown' : 'rules.noHistory')} />
      )}
      {versions.map((version) => (
        <article key={version.id} data-version={versionOf(version)}>
          <p className={tables.hint}>
            {t('approvals.proposed', { name: called(version.proposedBy), time: instant(version.proposedAt) })}
            {version.decision &&
              ` · ${t('approvals.by.approved', { name: called(version.decision.by), time: instant(version.decision.at) })}`}
            {version.reason !== null && ` · ${t('approvals.reasonGiven', { reason: version.reason })}`}
          </p>
          <ChangeTable changes={version.changes} />
        </article>
      ))}
      {list.hasMore && (
        <Button loading={list.isLoading} onClick={() => void list.loadMore()}>
          {t('approvals.more')}
        </Button>
      )}
    </Section>
  );
}

const versionOf = ({ changes }: ApprovalView): string | undefined => changes.find(({ field }) => field === 'version')?.after ?? undefined;
