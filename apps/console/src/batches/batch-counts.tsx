import type { VerificationBatchView } from '@app/contracts';
import { Figures } from '../app/figures';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import styles from './batch-notes.module.css';

/** How many rows there are, and how many of them can be asked. */
export function BatchCounts({ batch: { counts } }: { batch: VerificationBatchView }) {
  const { t } = useI18n();
  return (
    <Section heading={t('batch.counts')}>
      <Figures
        figures={(['rows', 'ok', 'errors', 'duplicates', 'skipped'] as const).map((name) => ({
          name: t(`batch.count.${name}`),
          value: counts[name],
          tone: counts[name] > 0 && (name === 'errors' || name === 'skipped') ? 'amber' : undefined,
        }))}
      />
      {counts.duplicates > 0 && <p className={styles.note}>{t('batch.duplicatesNote')}</p>}
    </Section>
  );
}
