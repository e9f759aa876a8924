import type { DryRunChange, DryRunDecision, PolicyDryRun } from '@app/contracts';
import { Alert } from 'antd';
import { Figures, type Figure } from '../app/figures';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import styles from './dry-run-report.module.css';

/** What a change of the rules would have decided otherwise of late, and how far that can be trusted. */
export function DryRunReport({ run }: { run: PolicyDryRun }) {
  const { t, shortInstant } = useI18n();
  const { requests, isCut, from, to, asRecorded, changes } = run;
  const isExact = asRecorded === requests;
  const range = { from: from === null ? '—' : shortInstant(from), to: to === null ? '—' : shortInstant(to) };
  return (
    <section className={styles.report} aria-label={t('dryRun.heading')} data-dry-run={changes.length}>
      <h3>{t('dryRun.heading')}</h3>
      {requests === 0 ? (
        <p>{t('dryRun.noRequests')}</p>
      ) : (
        <>
          <p>
            {t('dryRun.looked', { count: requests, ...range })} {isCut && t('dryRun.cut', { count: requests })}
          </p>
          {isExact ? (
            <p>{t('dryRun.asRecorded', { count: asRecorded })}</p>
          ) : (
            <Alert type="warning" showIcon title={t('dryRun.notAsRecorded', { count: asRecorded })} />
          )}
        </>
      )}
      <DryRunFigures run={run} />
      {requests > 0 && changes.length === 0 && <p>{t('dryRun.nothing')}</p>}
      {changes.length > 0 && <Decisions changes={changes} />}
      <p>{t('dryRun.versions', { rules: run.rulesVersion, policy: run.policyVersion })}</p>
    </section>
  );
}

function DryRunFigures({ run: { requests, calls, costYuan, settlements } }: { run: PolicyDryRun }) {
  const { t } = useI18n();
  const figure = (name: string, values: { before: string | number; after: string | number }): Figure => {
    return { name, value: `${values.before} → ${values.after}`, tone: values.before === values.after ? 'grey' : 'amber' };
  };
  const figures = [
    ...(requests === 0 ? [] : [figure(t('dryRun.calls'), calls), figure(t('dryRun.cost'), costYuan)]),
    ...(settlements === null || settlements.count === 0
      ? []
      : [figure(t('dryRun.secondPerson', { count: settlements.count }), settlements.secondPerson)]),
  ];
  return figures.length === 0 ? null : <Figures figures={figures} />;
}

function Decisions({ changes }: { changes: readonly DryRunChange[] }) {
  const { t } = useI18n();
  return (
    <div className={tables.scroll}>
      <table className={tables.table}>
        <thead>
          <tr>
            {(['before', 'after', 'count', 'ids'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`dryRun.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map(({ before, after, count, ids }) => (
            <tr key={JSON.stringify([before, after])} data-decided={after.kind}>
              <td>
                <Decision decision={before} />
              </td>
              <td className={tables.strong}>
                <Decision decision={after} />
              </td>
              <td>{count}</td>
              <td>
                <details>
                  <summary>{t('dryRun.idsShown', { count: ids.length })}</summary>
                  {ids.map((id) => (
                    <div key={id} className={tables.mono}>
                      {id}
                    </div>
                  ))}
                </details>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Decision({ decision: { kind, provider, refusal } }: { decision: DryRunDecision }) {
  const { t } = useI18n();
  if (kind === 'stored') return <>{t('dryRun.kind.stored')}</>;
  if (kind !== 'refused')
    return <>{t(`dryRun.kind.${kind}`, { provider: provider ? t(`provider.${provider}`) : t('dryRun.anyProvider') })}</>;
  return <>{refusal === null ? t('dryRun.kind.refused') : t('dryRun.kind.refusedFor', { reason: t(`dryRun.refusal.${refusal}`) })}</>;
}
