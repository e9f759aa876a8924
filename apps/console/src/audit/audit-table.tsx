import type { AuditEntryView } from '@app/contracts';
import { Tag } from 'antd';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useCalled } from '../names/use-called';
import { actorKind } from './actor-kind';
import { EvidenceButton } from './evidence-button';
import styles from './audit-page.module.css';

/** Entries of the audit: the codes of acts and targets, and ids, stay what they are in exports and in the SIEM. */
export function AuditTable({ entries }: { entries: readonly AuditEntryView[] }) {
  const { t } = useI18n();
  return (
    <div className={styles.entries}>
      <table className={tables.table}>
        <thead>
          <tr>
            {(['time', 'who', 'what', 'target', 'where', 'detail'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`audit.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Entry({ entry: { action, recordedAt, result, actor, target, origin, detail } }: { entry: AuditEntryView }) {
  const i18n = useI18n();
  const { t, instant } = i18n;
  const called = useCalled();
  return (
    <tr data-entry={action}>
      <td className={styles.time} title={recordedAt}>
        {instant(recordedAt)}
      </td>
      <td>
        {called(actor)}
        <small>{actorKind(actor, i18n)}</small>
      </td>
      <td>
        <code>{action}</code>
        {result === 'failure' && <Tag color="error">{t('audit.result.failure')}</Tag>}
      </td>
      <td>
        {target.type}
        <small>{target.id}</small>
        {target.type === 'bill' && <EvidenceButton billId={target.id} />}
      </td>
      <td>
        {origin?.clientAddress ?? '—'}
        {origin?.requestId && <small>{origin.requestId}</small>}
      </td>
      <td className={styles.detail}>
        {Object.entries(detail).map(([name, value]) => (
          <div key={name}>
            {name}: {String(value)}
          </div>
        ))}
      </td>
    </tr>
  );
}
