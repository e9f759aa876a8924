import { ReloadOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import styles from './receipt-list.module.css';
import { ReceiptRow } from './receipt-row';
import type { ReceiptListState } from './use-receipt-list';

/** The recent receipts with their state and decision. */
export function ReceiptList({ list, openId }: { list: ReceiptListState; openId: string | null }) {
  const { t } = useI18n();
  const refresh = t('list.refresh');
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2 className={styles.heading}>{t('list.heading')}</h2>
        <Button type="text" size="small" icon={<ReloadOutlined />} aria-label={refresh} title={refresh} onClick={list.reload} />
      </div>
      {list.failure && <FailureAlert failure={list.failure} onRetry={list.reload} className={styles.failure} />}
      {list.items === null && !list.failure && <Skeleton active title={false} paragraph={{ rows: 6 }} className={styles.skeleton} />}
      {list.items?.length === 0 && <p className={styles.empty}>{t('list.empty')}</p>}
      <ul className={styles.list}>
        {list.items?.map((receipt) => (
          <ReceiptRow key={receipt.id} receipt={receipt} isOpen={receipt.id === openId} />
        ))}
        {list.hasMore && (
          <li className={styles.more}>
            <Button type="link" size="small" onClick={() => void list.loadMore()}>
              {t('list.more')}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}
