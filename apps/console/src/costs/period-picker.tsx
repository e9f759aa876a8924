import type { ChargeSummaryQuery } from '@app/contracts';
import { Input, Segmented } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import { nameOf, PERIOD_NAMES, periodOf, todayInChina, type Period, type PeriodName } from './period';
import styles from './period-picker.module.css';

type By = ChargeSummaryQuery['by'];

interface Props {
  period: Period;
  by: By;
  onPeriod: (period: Period) => void;
  onBy: (by: By) => void;
}

const BY: readonly By[] = ['day', 'month', 'provider'];

/** The days that are summed, named or by hand, and by what. */
export function PeriodPicker({ period, by, onPeriod, onBy }: Props) {
  const { t } = useI18n();
  const today = todayInChina(new Date());
  return (
    <div className={styles.picker}>
      <Segmented<PeriodName | ''>
        aria-label={t('costs.period')}
        value={nameOf(period, today) ?? ''}
        onChange={(name) => name !== '' && onPeriod(periodOf(name, today))}
        options={PERIOD_NAMES.map((name) => ({ value: name, label: t(`costs.period.${name}`) }))}
      />
      {(['from', 'to'] as const).map((end) => (
        <label key={end} className={styles.end}>
          <span>{t(`costs.${end}`)}</span>
          <Input
            type="date"
            name={end}
            max={today}
            value={period[end]}
            className={styles.day}
            onChange={({ target }) => onPeriod({ ...period, [end]: target.value })}
          />
        </label>
      ))}
      <Segmented<By>
        aria-label={t('costs.by')}
        value={by}
        onChange={onBy}
        options={BY.map((value) => ({ value, label: <span data-by={value}>{t(`costs.by.${value}`)}</span> }))}
      />
    </div>
  );
}
