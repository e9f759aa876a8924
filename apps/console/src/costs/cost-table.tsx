import { ProviderId, type ChargeSummary, type ChargeSums } from '@app/contracts';
import { Empty, Tag } from 'antd';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n, type I18n } from '../i18n/i18n-context';
import styles from './cost-table.module.css';

const COUNTS = ['calls', 'charged', 'free', 'unknown', 'settled', 'cached', 'joined'] as const;

/** The sums row by row, and the total below them. */
export function CostTable({ summary: { rows, total, by } }: { summary: ChargeSummary }) {
  const i18n = useI18n();
  const { t } = i18n;
  return (
    <Section heading={t(`costs.by.${by}`)}>
      {rows.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('costs.none')} />
      ) : (
        <div className={tables.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t(`costs.key.${by}`)}</th>
                {COUNTS.map((name) => (
                  <th key={name} scope="col" className={styles.number}>
                    {t(`costs.${name}`)}
                  </th>
                ))}
                <th scope="col" className={styles.number}>
                  {t('costs.unknownAmount')}
                </th>
                <th scope="col" className={styles.number}>
                  {t('costs.amount')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <SumsRow key={row.key} name={nameOf(i18n, row.key)} sums={row} />
              ))}
            </tbody>
            <tfoot>
              <SumsRow name={t('costs.total')} sums={total} />
            </tfoot>
          </table>
        </div>
      )}
      <p className={styles.note}>{t('costs.sparedNote')}</p>
    </Section>
  );
}

function SumsRow({ name, sums }: { name: string; sums: ChargeSums }) {
  const { t } = useI18n();
  return (
    <tr>
      <th scope="row">{name}</th>
      {COUNTS.map((count) => (
        <td key={count} className={styles.number} data-raised={count === 'unknown' && sums.unknown > 0}>
          {sums[count]}
        </td>
      ))}
      <td className={styles.number} data-raised={sums.unknown > 0}>
        {sums.unknownYuan}
      </td>
      <td className={styles.number}>
        {sums.hasPlaceholderPrice && (
          <Tag color="warning" className={styles.tag}>
            {t('costs.placeholder')}
          </Tag>
        )}
        {sums.amountYuan}
      </td>
    </tr>
  );
}

/** Days and months are the same in every language; providers have names. */
function nameOf({ t }: I18n, key: string): string {
  const provider = ProviderId.safeParse(key);
  return provider.success ? t(`provider.${provider.data}`) : key;
}
