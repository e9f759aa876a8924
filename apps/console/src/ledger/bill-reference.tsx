import { CopyButton } from '../app/copy-button';
import { useI18n } from '../i18n/i18n-context';
import styles from './bill-reference.module.css';

/** What names a bill to the auditor, who hands out its evidence and sees no bill. */
export function BillReference({ billId }: { billId: string }) {
  const { t } = useI18n();
  return (
    <div className={styles.reference}>
      <span>{t('ledger.reference')}</span>
      <code data-bill-id>{billId}</code>
      <CopyButton text={billId} />
      <small>{t('ledger.referenceHint')}</small>
    </div>
  );
}
