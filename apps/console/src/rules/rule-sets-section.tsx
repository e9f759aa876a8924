import type { RuleSetView } from '@app/contracts';
import { Skeleton } from 'antd';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';

const never = (): null => null;

/** The rules that come with the product, in words: nobody sets them, and each decision names their version. */
export function RuleSetsSection() {
  const { t } = useI18n();
  const api = useApi();
  const { value, failure, reload } = usePolled(
    useCallback(() => api.readRuleSets(), [api]),
    never,
  );
  return (
    <Section heading={t('ruleSets.heading')}>
      <p className={tables.hint}>{t('ruleSets.intro')}</p>
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {value === null && !failure && <Skeleton active title={false} />}
      {value?.sets.map((set) => (
        <RuleSet key={set.name} set={set} />
      ))}
    </Section>
  );
}

function RuleSet({ set: { name, title, version, changes, rules } }: { set: RuleSetView }) {
  const { t, say } = useI18n();
  return (
    <details data-rule-set={name}>
      <summary>
        {say(title)} · {t('ruleSets.version', { version, count: rules.length })}
      </summary>
      <div className={tables.scroll}>
        <table className={tables.table}>
          <thead>
            <tr>
              {(['asks', 'leadsTo', 'code', 'since'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`ruleSets.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rules.map(({ code, asks, leadsTo, since }) => (
              <tr key={code}>
                <th scope="row">{say(asks)}</th>
                <td>{say(leadsTo)}</td>
                <td className={tables.mono}>{code}</td>
                <td>{since}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className={tables.hint}>
        {changes.map((change) => (
          <li key={change.version}>{t('ruleSets.change', { version: change.version, date: change.date, what: say(change.what) })}</li>
        ))}
      </ul>
    </details>
  );
}
