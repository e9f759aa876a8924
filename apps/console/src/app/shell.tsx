import { LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { Badge, Button, ConfigProvider, Empty } from 'antd';
import { AccountPage } from '../account/account-page';
import { ApprovalsPage } from '../approvals/approvals-page';
import { useOpenApprovals } from '../approvals/use-open-approvals';
import { AuditTrailPage } from '../audit/audit-page';
import { BatchesPage } from '../batches/batches-page';
import { CostsPage } from '../costs/costs-page';
import { useI18n } from '../i18n/i18n-context';
import { KeysPage } from '../keys/keys-page';
import { LedgerPage } from '../ledger/ledger-page';
import { PeoplePage } from '../people/people-page';
import { ReceiptsPage } from '../receipts/receipts-page';
import { RetentionPage } from '../retention/retention-page';
import { RulesPage } from '../rules/rules-page';
import { useAccess } from '../sign-in/access';
import { SubjectsPage } from '../subjects/subjects-page';
import { ManualPage } from '../verification/manual-page';
import { Brand } from './brand';
import { offeredRoute, pagesOf } from './pages';
import { PreferenceSwitches } from './preference-switches';
import { hashOf, type Route } from './route';
import styles from './shell.module.css';
import { HEADER_THEME } from './theme';
import { useRoute } from './use-route';

/** The signed-in frame: header, navigation, and the page of the present route. */
export function Shell({ onSignOut }: { onSignOut: () => void }) {
  const { t } = useI18n();
  const access = useAccess();
  const { displayName } = access.person.user;
  const route = offeredRoute(useRoute(), access);
  const approvals = useOpenApprovals(route?.page ?? null);
  const current = (page: Route['page']) => (route?.page === page ? 'page' : undefined);
  return (
    <div className={styles.shell}>
      <header className={styles.header}>
        <Brand size="small" />
        <nav aria-label={t('nav.label')} className={styles.nav}>
          {pagesOf(access).map(({ start, label }) => (
            <a key={label} href={hashOf(start)} aria-current={current(start.page)} className={styles.link}>
              {t(label)}
              {start.page === 'approvals' && approvals.count > 0 && (
                <Badge
                  count={approvals.count}
                  size="small"
                  className={styles.count}
                  title={t('approvals.waiting', { count: approvals.count })}
                />
              )}
            </a>
          ))}
        </nav>
        <ConfigProvider theme={HEADER_THEME}>
          <PreferenceSwitches />
          <a href="#/account" aria-current={current('account')} className={styles.person} title={`${t('account.heading')}: ${displayName}`}>
            <UserOutlined aria-hidden /> <span>{displayName}</span>
          </a>
          <Button type="text" icon={<LogoutOutlined />} title={t('header.signOut')} aria-label={t('header.signOut')} onClick={onSignOut}>
            <span className={styles.signOut}>{t('header.signOut')}</span>
          </Button>
        </ConfigProvider>
      </header>
      <main className={styles.main}>{route ? <Page route={route} onDecided={approvals.reload} /> : <Nothing />}</main>
    </div>
  );
}

function Nothing() {
  const { t } = useI18n();
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('nothing.heading')} className={styles.nothing}>
      {t('nothing.text')}
    </Empty>
  );
}

function Page({ route, onDecided }: { route: Route; onDecided: () => void }) {
  switch (route.page) {
    case 'approvals':
      return <ApprovalsPage onDecided={onDecided} />;
    case 'people':
      return <PeoplePage />;
    case 'keys':
      return <KeysPage />;
    case 'audit':
      return <AuditTrailPage />;
    case 'rules':
      return <RulesPage />;
    case 'retention':
      return <RetentionPage />;
    case 'subjects':
      return <SubjectsPage />;
    case 'account':
      return <AccountPage />;
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
