import type { BillDetailView, BillReceiptView } from '@app/contracts';
import { Alert, Tag } from 'antd';
import { hashOf } from '../app/route';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { useCalled } from '../names/use-called';
import styles from './entries.module.css';

/** The uploads that show the bill, the first one first: who brought it when. */
export function BillReceipts({ bill: { receipts, receiptCount } }: { bill: BillDetailView }) {
  const { t } = useI18n();
  return (
    <Section heading={t('ledger.receipts')}>
      {receiptCount > 1 && (
        <Alert type="warning" showIcon title={t('ledger.duplicateWarning', { count: receiptCount })} className={styles.notice} />
      )}
      {receipts.length === 0 && <p className={styles.none}>{t('ledger.noReceipts')}</p>}
      {receipts.length < receiptCount && receipts.length > 0 && (
        <p className={styles.none}>{t('ledger.receiptsShown', { shown: receipts.length })}</p>
      )}
      <ol className={styles.entries}>
        {receipts.map((receipt, at) => (
          <Upload key={`${receipt.receiptId} ${receipt.bill}`} receipt={receipt} isFirst={at === 0} />
        ))}
      </ol>
    </Section>
  );
}

function Upload({ receipt, isFirst }: { receipt: BillReceiptView; isFirst: boolean }) {
  const { t, instant } = useI18n();
  const called = useCalled();
  const { receiptId, bill, fileName, isSameFile, uploadedBy, uploadedAt } = receipt;
  return (
    <li>
      <a href={hashOf({ page: 'receipts', receiptId, billNumber: bill, verificationId: null })} className={styles.what}>
        {fileName}
      </a>
      {isFirst ? <Tag>{t('ledger.firstUpload')}</Tag> : <Tag color="warning">{t(isSameFile ? 'ledger.sameFile' : 'ledger.otherFile')}</Tag>}
      <span className={styles.detail}>
        <span>{uploadedBy.name === '' ? t('ledger.unknownValue') : called(uploadedBy)}</span>
        <time dateTime={uploadedAt}>{instant(uploadedAt)}</time>
      </span>
    </li>
  );
}
