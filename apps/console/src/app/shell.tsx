import { LogoutOutlined } from '@ant-design/icons';
import { Button, ConfigProvider } from 'antd';
import { BatchesPage } from '../batches/batches-page';
import { CostsPage } from '../costs/costs-page';
import { useI18n } from '../i18n/i18n-context';
import { LedgerPage } from '../ledger/ledger-page';
import { ReceiptsPage } from '../receipts/receipts-page';
import { ManualPage } from '../verification/manual-page';
import { Brand } from './brand';
import { PreferenceSwitches } from './preference-switches';
import { hashOf, type Route } from './route';
import styles from './shell.module.css';
import { HEADER_THEME } from './theme';
import { useRoute } from './use-route';

const START: Route = { page: 'receipts', receiptId: null, billNumber: 1, verificationId: null };
const MANUAL: Route = { page: 'manual', verificationId: null };
const LEDGER: Route = { page: 'ledger', billId: null };

/** The signed-in frame: header, navigation, and the page of the present route. */
export function Shell({ onSignOut }: { onSignOut: () => void }) {
  const { t } = useI18n();
  const route = useRoute();
  const link = (target: Route, label: string) => (
    <a href={hashOf(target)} aria-current={route.page === target.page ? 'page' : undefined} className={styles.link}>
      {label}
    </a>
  );
  return (
    <div className={styles.shell}>
      <header className={styles.header}>
        <Brand size="small" />
        <nav aria-label={t('nav.label')} className={styles.nav}>
          {link(START, t('nav.receipts'))}
          {link(MANUAL, t('nav.manual'))}
          {link(LEDGER, t('nav.ledger'))}
          {link({ page: 'batches', batchId: null }, t('nav.batches'))}
          {link({ page: 'costs' }, t('nav.costs'))}
        </nav>
        <ConfigProvider theme={HEADER_THEME}>
          <PreferenceSwitches />
          <Button type="text" icon={<LogoutOutlined />} onClick={onSignOut}>
            {t('header.signOut')}
          </Button>
        </ConfigProvider>
      </header>
      <main className={styles.main}>
        <Page route={route} />
      </main>
    </div>
  );
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'receipts':
      return <ReceiptsPage route={route} />;
    case 'manual':
      return <ManualPage verificationId={route.verificationId} />;
    case 'ledger':
      return <LedgerPage billId={route.billId} />;
    case 'batches':
      return <BatchesPage batchId={route.batchId} />;
    case 'costs':
      return <CostsPage />;
  }
}
