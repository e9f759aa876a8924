import { Verdict, type VerificationBatchView } from '@app/contracts';
import { Progress } from 'antd';
import { Figures } from '../app/figures';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { toneOf } from '../verification/verdict-light';
import styles from './batch-notes.module.css';
import { roughly, shareOf } from './batch-progress';

/** How far a started batch is, what its bills turned out to be, and what it cost so far. */
export function BatchProgress({ batch }: { batch: VerificationBatchView }) {
  const { t } = useI18n();
  const { verdicts, charges, remainingSeconds, states } = batch.progress;
  const { done, total, percent } = shareOf(batch);
  return (
    <Section heading={t('batch.progress')} aside={remainingSeconds !== null && <Remaining seconds={remainingSeconds} />}>
      <Progress percent={percent} status={batch.state === 'running' ? 'active' : 'normal'} aria-label={t('batch.progress')} />
      <div data-done={done} data-total={total}>
        {t('batch.progressOf', { done, total })}
      </div>
      <h3 className={styles.heading}>{t('batch.verdicts')}</h3>
      <Figures figures={Verdict.options.map((name) => ({ name: t(`light.${name}`), value: verdicts[name], tone: toneOf(name) }))} />
      {states.refused > 0 && <p className={styles.note}>{t('batch.refusedRows', { count: states.refused })}</p>}
      <h3 className={styles.heading}>{t('batch.charges')}</h3>
      <Figures
        figures={[
          { name: t('batch.charged'), value: charges.charged },
          { name: t('batch.free'), value: charges.notCharged },
          { name: t('batch.unknown'), value: charges.unknown, tone: charges.unknown > 0 ? 'amber' : undefined },
        ]}
      />
      {charges.unknown > 0 && <p className={styles.warning}>{t('batch.unknownNote', { count: charges.unknown })}</p>}
    </Section>
  );
}

function Remaining({ seconds }: { seconds: number }) {
  const { t } = useI18n();
  const { unit, count } = roughly(seconds);
  return <span>{t('batch.remaining', { time: t(`batch.${unit}`, { count }) })}</span>;
}
