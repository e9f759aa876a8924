import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { QuotaNotice } from '../quotas/quota-notice';
import { BillDrawer } from './bill-drawer';
import { BillResults } from './bill-results';
import { BillSearchBar } from './bill-search-bar';
import { ExportButtons } from './export-buttons';
import styles from './ledger-page.module.css';
import { useBillList } from './use-bill-list';
import { useExport } from './use-export';
import { useSearch } from './use-search';

const PAGE_SIZE = 50;
const QUOTAS = ['exportsPerDay'] as const;

/** 票据台账: every bill once, found by what is known of it, with what happened to it. */
export function LedgerPage({ billId }: { billId: string | null }) {
  const { t, language } = useI18n();
  const { may } = useAccess();
  const search = useSearch();
  const list = useBillList({ ...search.filters, sort: search.sort, limit: PAGE_SIZE });
  const bills = useExport(search.filters, language);
  const refresh = t('list.refresh');
  return (
    <div className={styles.page}>
      <h1 className={styles.heading}>{t('nav.ledger')}</h1>
      <BillSearchBar
        search={search}
        isLoading={list.isLoading}
        onSubmit={() => search.submit() && list.reload()}
        aside={
          <>
            {may('ledger.export') && <ExportButtons bills={bills} />}
            <Button icon={<ReloadOutlined />} aria-label={refresh} title={refresh} onClick={list.reload} />
          </>
        }
      />
      {may('ledger.export') && <QuotaNotice kinds={QUOTAS} round={bills.making ?? 'none'} />}
      {bills.failure && <FailureAlert failure={bills.failure} />}
      <BillResults list={list} search={search} openId={billId} />
      <BillDrawer billId={billId} onChanged={list.replace} />
    </div>
  );
}
