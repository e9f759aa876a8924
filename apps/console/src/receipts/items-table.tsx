import type { BillItem } from '@app/contracts';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import styles from './items-table.module.css';

const COLUMNS = ['itemCode', 'itemName', 'unit', 'quantity', 'standard', 'amount', 'itemRemark'] as const;
const NUMBERS = new Set<string>(['quantity', 'standard', 'amount']);

/** The printed rows; a column that no row uses is left out. */
export function ItemsTable({ items }: { items: readonly BillItem[] }) {
  const { t } = useI18n();
  const columns = COLUMNS.filter((column) => column === 'itemName' || items.some((item) => item[column] !== ''));
  const classOf = (column: string) => (NUMBERS.has(column) ? styles.number : undefined);
  return (
    <Section heading={t('items.heading')}>
      {items.length === 0 ? (
        <p className={styles.none}>{t('items.none')}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" className={classOf(column)}>
                  {t(`items.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item, at) => (
              <tr key={`${at} ${item.itemName}`}>
                {columns.map((column) => (
                  <td key={column} className={classOf(column)}>
                    {item[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
