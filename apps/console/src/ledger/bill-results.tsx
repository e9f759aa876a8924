import { Button, Empty, Skeleton } from 'antd';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import { isNarrowed } from './bill-search-form';
import { BillTable } from './bill-table';
import styles from './ledger-page.module.css';
import type { BillListState } from './use-bill-list';
import type { SearchState } from './use-search';

interface Props {
  list: BillListState;
  search: SearchState;
  openId: string | null;
}

/** What a search found, or why there is nothing to show. */
export function BillResults({ list, search, openId }: Props) {
  const { t } = useI18n();
  const { items, failure, isLoading, hasMore } = list;
  return (
    <section className={styles.results} aria-label={t('ledger.list')}>
      {failure && <FailureAlert failure={failure} onRetry={list.reload} className={styles.notice} />}
      {items === null && isLoading && <Skeleton active title={false} paragraph={{ rows: 8 }} className={styles.notice} />}
      {items?.length === 0 && (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(isNarrowed(search.asked) ? 'ledger.emptySearch' : 'ledger.empty')}
          className={styles.notice}
        />
      )}
      {items !== null && items.length > 0 && (
        // Scrolls sideways where it is narrow, so the keyboard must reach it.
        <div className={styles.scroller} role="group" aria-label={t('ledger.list')} tabIndex={0}>
          <BillTable items={items} openId={openId} isLoading={isLoading} sort={search.sort} onSort={search.sortBy} />
        </div>
      )}
      <div className={styles.foot}>
        <span role="status">{items && t(hasMore ? 'ledger.shownMore' : 'ledger.shown', { count: items.length })}</span>
        {hasMore && (
          <Button type="link" size="small" loading={isLoading} onClick={() => void list.loadMore()}>
            {t('ledger.more')}
          </Button>
        )}
      </div>
    </section>
  );
}
