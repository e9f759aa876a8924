import { ProviderId, type ApprovalView } from '@app/contracts';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { MESSAGES } from '../i18n/language';
import type { MessageKey } from '../i18n/messages';
import { yuanOfFen } from '../ledger/yuan';
import styles from './change-table.module.css';

/** Every value that the act would change, as it is and as it would be. */
export function ChangeTable({ changes }: { changes: ApprovalView['changes'] }) {
  const { t } = useI18n();
  return (
    <table className={tables.table}>
      <thead>
        <tr>
          <th scope="col">{t('approvals.field')}</th>
          <th scope="col">{t('approvals.before')}</th>
          <th scope="col">{t('approvals.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">
              <FieldName name={field} />
            </th>
            <td className={styles.before}>
              <Value field={field} value={before} />
            </td>
            <td className={styles.after}>
              <Value field={field} value={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The words of the values that are names themselves. */
const WORDS = [
  ...(['unknown', 'charged', 'notCharged', 'never', 'off', 'on', 'wide', 'warn', 'refuse', 'open', 'closed'] as const),
  ...ProviderId.options,
] as const;
/** What people wrote, be it a word of ours. */
const WRITTEN = ['voucher', 'purpose', 'contractReference', 'agreementReference', 'defaultReference', 'defaultPurpose'];

function Value({ field, value }: { field: string; value: string | null }) {
  const { t, instant } = useI18n();
  if (value === null) return <>{t('approvals.nothing')}</>;
  if (WRITTEN.includes(field)) return <>{value}</>;
  if (field.endsWith('Fen')) return <>{yuanOfFen(value)}</>;
  const word = WORDS.find((one) => one === value);
  if (word) return <>{t(`approvals.value.${word}`)}</>;
  return <>{/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? instant(value) : value}</>;
}

function FieldName({ name }: { name: string }) {
  const { t } = useI18n();
  const key = `approvals.field.${name}`;
  return isKey(key) ? <>{t(key)}</> : <code>{name}</code>;
}

type FieldKey = Extract<MessageKey, `approvals.field.${string}`>;

function isKey(key: string): key is FieldKey {
  return key in MESSAGES['zh-CN'];
}
