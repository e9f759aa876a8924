import { ReloadOutlined } from '@ant-design/icons';
import { Button, Empty, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { FailureAlert } from '../api/failure-alert';
import page from '../app/page.module.css';
import { useI18n } from '../i18n/i18n-context';
import { ApprovalCard } from './approval-card';
import { useApprovalList } from './use-approval-list';

type Shown = 'open' | 'all';

/** 双人复核: what others proposed, what it would change, and the word of a second person on it. */
export function ApprovalsPage({ onDecided }: { onDecided: () => void }) {
  const { t } = useI18n();
  const [shown, setShown] = useState<Shown>('open');
  const list = useApprovalList(shown === 'open');
  const refresh = t('list.refresh');
  return (
    <div className={page.page}>
      <div>
        <h1 className={page.heading}>{t('approvals.heading')}</h1>
        <p className={page.intro}>{t('approvals.intro')}</p>
      </div>
      <div className={page.bar}>
        <Segmented<Shown>
          aria-label={t('approvals.shown')}
          value={shown}
          onChange={setShown}
          options={(['open', 'all'] as const).map((value) => ({ value, label: t(`approvals.shown.${value}`) }))}
        />
        <Button icon={<ReloadOutlined />} aria-label={refresh} title={refresh} onClick={list.reload} />
      </div>
      {list.failure && <FailureAlert failure={list.failure} onRetry={list.reload} />}
      {list.items === null && !list.failure && <Skeleton active />}
      {list.items?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('approvals.none')} />}
      {list.items?.map((proposal) => (
        <ApprovalCard
          key={proposal.id}
          proposal={proposal}
          onChanged={(changed) => {
            list.replace(changed);
            onDecided();
          }}
          onOutdated={list.reload}
        />
      ))}
      {list.hasMore && <Button onClick={() => void list.loadMore()}>{t('approvals.more')}</Button>}
    </div>
  );
}
