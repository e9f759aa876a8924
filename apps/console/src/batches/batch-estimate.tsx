import type { VerificationBatchView } from '@app/contracts';
import { Figures } from '../app/figures';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import styles from './batch-notes.module.css';

/** What starting would cost, or what was confirmed when it was started. */
export function BatchEstimate({ batch: { estimate, startedAt } }: { batch: VerificationBatchView }) {
  const { t } = useI18n();
  const yuan = (amount: string): string => t('batch.yuan', { amount });
  return (
    <Section heading={t(startedAt === null ? 'batch.estimate' : 'batch.estimateConfirmed')}>
      <Figures
        figures={[
          { name: t('batch.estimate.calls'), value: estimate.calls },
          { name: t('batch.estimate.cached'), value: estimate.cached },
          { name: t('batch.estimate.underWay'), value: estimate.underWay },
          { name: t('batch.estimate.price'), value: yuan(estimate.priceYuan) },
          { name: t('batch.estimate.cost'), value: yuan(estimate.costYuan), tone: 'blue' },
        ]}
      />
      <p className={styles.note}>
        {startedAt === null && t('batch.nothingSpent')} {t('batch.estimateNote')}
      </p>
    </Section>
  );
}
