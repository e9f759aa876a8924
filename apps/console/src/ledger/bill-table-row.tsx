import { BookOutlined, CopyOutlined } from '@ant-design/icons';
import type { BillView } from '@app/contracts';
import { Tag } from 'antd';
import { hashOf, type Route } from '../app/route';
import { goTo } from '../app/use-route';
import { useI18n } from '../i18n/i18n-context';
import { BillStateTag } from './bill-state-tag';
import styles from './bill-table.module.css';
import { yuan } from './yuan';

/** One bill of the table. The number is a link for the keyboard; a click anywhere else in the row follows it too. */
export function BillTableRow({ bill, isOpen }: { bill: BillView; isOpen: boolean }) {
  const { t, instant, shortInstant } = useI18n();
  const { billCode, billNumber, issueDate, totalAmount } = bill.elements;
  const target: Route = { page: 'ledger', billId: bill.id };
  const number = billNumber ?? t('ledger.unknownValue');
  return (
    <tr aria-current={isOpen ? 'true' : undefined} data-bill={bill.id} onClick={() => opensRow() && goTo(target)}>
      <td>
        <BillStateTag bill={bill} />
      </td>
      <td className={styles.digits}>{billCode}</td>
      <td className={styles.digits}>
        <a href={hashOf(target)} aria-label={t('ledger.open', { number })}>
          {number}
        </a>
      </td>
      <td className={styles.digits}>{issueDate}</td>
      <td className={styles.amount}>{totalAmount !== null && yuan(totalAmount)}</td>
      <td className={styles.payee}>
        <span title={bill.payee ?? undefined}>{bill.payee}</span>
        {bill.kind && <small>{t(`kind.${bill.kind}`)}</small>}
      </td>
      <td>
        <BillMarks bill={bill} />
      </td>
      <td className={styles.time}>
        <time dateTime={bill.firstSeenAt} title={instant(bill.firstSeenAt)}>
          {shortInstant(bill.firstSeenAt)}
        </time>
      </td>
    </tr>
  );
}

function BillMarks({ bill: { receiptCount, booking } }: { bill: BillView }) {
  const { t } = useI18n();
  return (
    <span className={styles.marks}>
      {receiptCount > 1 && (
        <Tag color="warning" icon={<CopyOutlined />}>
          {t('ledger.timesUploaded', { count: receiptCount })}
        </Tag>
      )}
      {booking && (
        <Tag color="processing" icon={<BookOutlined />} title={`${t('ledger.voucher')} ${booking.voucher}`}>
          {t('ledger.booked.true')}
        </Tag>
      )}
    </span>
  );
}

/** Somebody who marks text in order to copy it does not want to leave. */
function opensRow(): boolean {
  return window.getSelection()?.type !== 'Range';
}
