import { CheckOutlined, WarningFilled } from '@ant-design/icons';
import type { Evidence } from '@app/contracts';
import { useI18n } from '../i18n/i18n-context';
import styles from './evidence-table.module.css';

/** What was read of the receipt beside what the provider tells. */
export function EvidenceTable({ evidence }: { evidence: readonly Evidence[] }) {
  const { t } = useI18n();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {(['face.field', 'face.ours', 'face.provider', 'face.state'] as const).map((key) => (
            <th key={key} scope="col">
              {t(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {evidence.map((row, at) => (
          <EvidenceRow key={`${at} ${row.field}`} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function EvidenceRow({ row: { field, read, told, agrees } }: { row: Evidence }) {
  const { t } = useI18n();
  return (
    <tr data-agrees={agrees}>
      <th scope="row">{t(`field.${field}`)}</th>
      <td>{read}</td>
      <td>{told}</td>
      <td className={styles.state}>
        {agrees ? <CheckOutlined aria-hidden /> : <WarningFilled aria-hidden />} {t(agrees ? 'provided.same' : 'provided.differs')}
      </td>
    </tr>
  );
}
