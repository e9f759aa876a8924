import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Button, Empty } from 'antd';
import { useState } from 'react';
import type { Route } from '../app/route';
import { goTo } from '../app/use-route';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { ReceiptList } from './receipt-list';
import { ReceiptPane } from './receipt-pane';
import styles from './receipts-page.module.css';
import { UploadPanel } from './upload-panel';
import { useFold } from './use-fold';
import { useReceiptList } from './use-receipt-list';
import { useUploads } from './use-uploads';

type ReceiptsRoute = Extract<Route, { page: 'receipts' }>;

const openReceipt = (receiptId: string): void => goTo({ page: 'receipts', receiptId, billNumber: 1, verificationId: null });

/** Uploading and the recent receipts at the side, the chosen one beside them. */
export function ReceiptsPage({ route }: { route: ReceiptsRoute }) {
  const { t } = useI18n();
  const { may } = useAccess();
  const { isFolded, turn } = useFold(route.receiptId);
  const [purpose, setPurpose] = useState<string | null>(null);
  const list = useReceiptList();
  const uploads = useUploads({ onFirstOfChoice: openReceipt, onArrived: list.reload });
  const foldLabel = t(isFolded ? 'list.expand' : 'list.collapse');

  return (
    <div className={styles.page} data-folded={isFolded}>
      <aside className={styles.side} aria-label={t('list.heading')}>
        <div className={styles.content} hidden={isFolded}>
          {may('receipt.write') && <UploadPanel uploads={uploads} />}
          <ReceiptList list={list} openId={route.receiptId} />
        </div>
        <div className={styles.foot}>
          <Button
            type="text"
            icon={isFolded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
            aria-label={foldLabel}
            aria-expanded={!isFolded}
            title={foldLabel}
            onClick={turn}
          >
            <span className={styles.foldLabel}>{foldLabel}</span>
          </Button>
        </div>
      </aside>
      {route.receiptId === null ? (
        <div className={styles.nothing}>
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('receipt.none')} />
          <p>{t('receipt.noneHint')}</p>
        </div>
      ) : (
        <ReceiptPane
          key={route.receiptId}
          receiptId={route.receiptId}
          billNumber={route.billNumber}
          verificationId={route.verificationId}
          purpose={purpose}
          onPurpose={setPurpose}
        />
      )}
    </div>
  );
}
