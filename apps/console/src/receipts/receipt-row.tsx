import type { ReceiptSummary } from '@app/contracts';
import { hashOf } from '../app/route';
import { useI18n } from '../i18n/i18n-context';
import { DecisionTag } from './decision-tag';
import styles from './receipt-row.module.css';

/** One receipt of the list: what it is and where it stands. */
export function ReceiptRow({ receipt, isOpen }: { receipt: ReceiptSummary; isOpen: boolean }) {
  const { t, instant } = useI18n();
  const [bill] = receipt.bills;
  const amount = bill?.elements.totalAmount;
  return (
    <li>
      <a
        href={hashOf({ page: 'receipts', receiptId: receipt.id, billNumber: 1, verificationId: null })}
        className={styles.row}
        aria-current={isOpen ? 'true' : undefined}
      >
        <span className={styles.name} title={receipt.fileName}>
          {receipt.fileName}
        </span>
        <DecisionTag state={receipt.state} decision={receipt.decision} />
        <span className={styles.kind}>{bill ? t(`kind.${bill.kind}`) : instant(receipt.createdAt)}</span>
        {amount && <span className={styles.amount}>¥{amount}</span>}
        {bill && (
          <>
            <span className={styles.number}>{bill.elements.billNumber ?? '—'}</span>
            <time className={styles.time} dateTime={receipt.createdAt} title={instant(receipt.createdAt)}>
              {instant(receipt.createdAt)}
            </time>
          </>
        )}
      </a>
    </li>
  );
}
