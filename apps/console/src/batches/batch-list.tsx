import { ReloadOutlined } from '@ant-design/icons';
import type { VerificationBatchSummary } from '@app/contracts';
import { Button, Skeleton } from 'antd';
import { FailureAlert } from '../api/failure-alert';
import { hashOf } from '../app/route';
import { useI18n } from '../i18n/i18n-context';
import styles from './batch-list.module.css';
import { BatchStateTag } from './batch-state-tag';
import type { BatchListState } from './use-batch-list';

/** The recent batches with their states. */
export function BatchList({ list, openId }: { list: BatchListState; openId: string | null }) {
  const { t } = useI18n();
  const refresh = t('list.refresh');
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2 className={styles.heading}>{t('batches.recent')}</h2>
        <Button type="text" size="small" icon={<ReloadOutlined />} aria-label={refresh} title={refresh} onClick={list.reload} />
      </div>
      {list.failure && <FailureAlert failure={list.failure} onRetry={list.reload} className={styles.aside} />}
      {list.items === null && !list.failure && <Skeleton active title={false} paragraph={{ rows: 4 }} className={styles.aside} />}
      {list.items?.length === 0 && <p className={styles.aside}>{t('batches.empty')}</p>}
      <ul className={styles.list}>
        {list.items?.map((batch) => (
          <BatchListRow key={batch.id} batch={batch} isOpen={batch.id === openId} />
        ))}
        {list.hasMore && (
          <li className={styles.more}>
            <Button type="link" size="small" onClick={() => void list.loadMore()}>
              {t('batches.more')}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}

function BatchListRow({ batch, isOpen }: { batch: VerificationBatchSummary; isOpen: boolean }) {
  const { t, shortInstant } = useI18n();
  return (
    <li>
      <a href={hashOf({ page: 'batches', batchId: batch.id })} aria-current={isOpen ? 'true' : undefined} className={styles.row}>
        <span className={styles.name} title={batch.fileName ?? undefined}>
          {batch.fileName ?? t('batches.fromReceipts')}
        </span>
        <BatchStateTag state={batch.state} />
        <span className={styles.detail}>
          {t('batches.rows', { count: batch.counts.rows })} · {shortInstant(batch.createdAt)}
        </span>
      </a>
    </li>
  );
}
