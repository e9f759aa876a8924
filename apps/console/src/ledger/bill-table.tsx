import { CaretDownOutlined } from '@ant-design/icons';
import type { BillSort, BillView } from '@app/contracts';
import { useI18n } from '../i18n/i18n-context';
import { BillTableRow } from './bill-table-row';
import styles from './bill-table.module.css';

interface Props {
  items: readonly BillView[];
  openId: string | null;
  isLoading: boolean;
  sort: BillSort;
  onSort: (sort: BillSort) => void;
}

/** Bills as rows. The API gives three orders, all descending, each at the head of its column. */
export function BillTable({ items, openId, isLoading, sort, onSort }: Props) {
  const { t } = useI18n();
  const order = { sort, onSort };
  return (
    <table className={styles.table} aria-label={t('ledger.list')} aria-busy={isLoading} data-loading={isLoading}>
      <thead>
        <tr>
          <th scope="col">{t('ledger.state')}</th>
          <th scope="col">{t('field.billCode')}</th>
          <th scope="col">{t('field.billNumber')}</th>
          <SortableHead by="issueDate" label={t('ledger.issued')} {...order} />
          <SortableHead by="amount" label={t('ledger.amount')} {...order} isNumber />
          <th scope="col">{t('ledger.payee')}</th>
          <th scope="col">{t('ledger.marks')}</th>
          <SortableHead by="newest" label={t('ledger.firstSeen')} {...order} />
        </tr>
      </thead>
      <tbody>
        {items.map((bill) => (
          <BillTableRow key={bill.id} bill={bill} isOpen={bill.id === openId} />
        ))}
      </tbody>
    </table>
  );
}

interface HeadProps extends Pick<Props, 'sort' | 'onSort'> {
  by: BillSort;
  label: string;
  isNumber?: boolean;
}

function SortableHead({ by, label, sort, onSort, isNumber = false }: HeadProps) {
  const { t } = useI18n();
  const isSorted = by === sort;
  return (
    <th scope="col" aria-sort={isSorted ? 'descending' : undefined} className={isNumber ? styles.amount : undefined}>
      <button type="button" className={styles.sort} title={t('ledger.sortBy', { column: label })} onClick={() => onSort(by)}>
        {label}
        <CaretDownOutlined aria-hidden className={styles.caret} data-sorted={isSorted} />
      </button>
    </th>
  );
}
