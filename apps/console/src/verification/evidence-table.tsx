import { CheckOutlined, WarningFilled } from '@ant-design/icons';
import type { Evidence } from '@app/contracts';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import styles from './evidence-table.module.css';

/** What was read of the receipt beside what the provider tells, as the server compared them; differences stand first. */
export function EvidenceTable({ evidence }: { evidence: readonly Evidence[] }) {
  const { t } = useI18n();
  if (evidence.length === 0) return null;
  const count = evidence.filter(({ agrees }) => !agrees).length;
  return (
    <Section
      heading={t('provided.heading')}
      aside={
        <span className={styles.count} data-agrees={count === 0}>
          {count > 0 ? t('face.differences', { count }) : t('face.noDifferences')}
        </span>
      }
    >
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
          {[...evidence].sort(differencesFirst).map((row, at) => (
            <EvidenceRow key={`${at} ${row.field}`} row={row} />
          ))}
        </tbody>
      </table>
    </Section>
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

const differencesFirst = (a: Evidence, b: Evidence): number => Number(a.agrees) - Number(b.agrees);
