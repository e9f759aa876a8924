import type { ReceiptSummary } from '@app/contracts';
import { hashOf } from '../app/route';
import { useI18n } from '../i18n/i18n-context';
import { DecisionTag } from './decision-tag';
import styles from './receipt-row.module.css';

/** One receipt of the list: what it is and where it stands. */
export function ReceiptRow({ receipt, isOpen }: { receipt: ReceiptSummary; isOpen: boolean }) {
  const { t, instant, shortInstant } = useI18n();
  const [bill] = receipt.bills;
  const amount = bill?.elements.totalAmount;
  return (
    <li>
      <a
        href={hashOf({ page: 'receipts', receiptId: receipt.id, billNumber: 1, verificationId: null })}
        className={styles.row}
        aria-current={isOpen ? 'true' : undefined}
      >
        <span className={styles.line}>
          <span className={styles.name} title={receipt.fileName}>
            {receipt.fileName}
          </span>
          <DecisionTag state={receipt.state} decision={receipt.decision} />
        </span>
        {bill && (
          <span className={styles.line}>
            <span>
              {t(`kind.${bill.kind}`)}
              {bill.isReviewed && ` · ${t('list.reviewed')}`}
            </span>
            {amount && <span className={styles.amount}>¥{amount}</span>}
          </span>
        )}
        <span className={styles.line}>
          <span className={styles.number}>{bill?.elements.billNumber}</span>
          <time dateTime={receipt.createdAt} title={instant(receipt.createdAt)}>
            {shortInstant(receipt.createdAt)}
          </time>
        </span>
      </a>
    </li>
  );
}
