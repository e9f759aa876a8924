import { Empty } from 'antd';
import { goTo } from '../app/use-route';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { BatchList } from './batch-list';
import { BatchPane } from './batch-pane';
import styles from './batches-page.module.css';
import { TableUpload } from './table-upload';
import { useBatchList } from './use-batch-list';

/** Uploading a table and the recent batches at the side, the chosen one beside them. */
export function BatchesPage({ batchId }: { batchId: string | null }) {
  const { t } = useI18n();
  const { may } = useAccess();
  const list = useBatchList();
  const open = (id: string): void => {
    list.reload();
    goTo({ page: 'batches', batchId: id });
  };
  return (
    <div className={styles.page}>
      <aside className={styles.side} aria-label={t('batches.recent')}>
        {may('batch.write') && <TableUpload onArrived={open} />}
        <BatchList list={list} openId={batchId} />
      </aside>
      {batchId === null ? (
        <div className={styles.nothing}>
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('batches.none')} />
          <p>{t('batches.noneHint')}</p>
        </div>
      ) : (
        <BatchPane key={batchId} batchId={batchId} onActed={list.reload} />
      )}
    </div>
  );
}
