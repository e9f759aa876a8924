import { RETENTION_CLASSES, RetentionClass, type RetentionView } from '@app/contracts';
import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { usePolled } from '../api/use-polled';
import { Section } from '../app/section';
import tables from '../app/table.module.css';
import { useI18n } from '../i18n/i18n-context';
import { useCalled } from '../names/use-called';
import { useAccess } from '../sign-in/access';
import { RetentionDialog } from './retention-dialog';

const never = (): null => null;
/** As many as the API counts. */
const COUNTED = 10_000;

interface Props {
  retention: RetentionView;
  /** Other periods stand than those shown. */
  onOutdated: () => void;
}

/** How long each class is kept, and how much of it is due. */
export function PeriodsSection({ retention, onOutdated }: Props) {
  const { t, say, instant } = useI18n();
  const called = useCalled();
  const { may } = useAccess();
  const api = useApi();
  const [isChanging, setIsChanging] = useState(false);
  const due = usePolled(
    useCallback(() => api.previewRetention(), [api]),
    never,
  );
  const { version, days, setBy, setAt } = retention;
  const dueOf = (name: RetentionClass): string => {
    const count = due.value?.due[name] ?? 0;
    if (due.value === null) return '…';
    return count >= COUNTED ? t('retention.dueMany', { count: COUNTED }) : String(count);
  };
  return (
    <Section
      heading={t('retention.periods')}
      aside={
        may('retention.manage') && (
          <Button type="primary" data-action="change-retention" onClick={() => setIsChanging(true)}>
            {t('retention.change')}
          </Button>
        )
      }
    >
      {due.failure && <FailureAlert failure={due.failure} onRetry={due.reload} />}
      <div className={tables.scroll}>
        <table className={tables.table} data-retention-version={version}>
          <caption className={tables.caption}>
            {setBy === null || setAt === null
              ? t('retention.defaults')
              : t('retention.setBy', { version, name: called(setBy), time: instant(setAt) })}
          </caption>
          <thead>
            <tr>
              {(['class', 'holds', 'days', 'due'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`retention.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {RetentionClass.options.map((name) => (
              <tr key={name} data-class={name}>
                <th scope="row">{say(RETENTION_CLASSES[name])}</th>
                <td className={tables.hint}>{t(`retention.holds.${name}`)}</td>
                <td className={tables.strong}>{daysShown(days[name], t)}</td>
                <td>{name === 'verdict' ? '—' : dueOf(name)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isChanging && <RetentionDialog retention={retention} onClose={() => setIsChanging(false)} onOutdated={onOutdated} />}
    </Section>
  );
}

function daysShown(days: number | null, t: ReturnType<typeof useI18n>['t']): string {
  return days === null ? t('retention.never') : t('retention.dayCount', { days });
}
