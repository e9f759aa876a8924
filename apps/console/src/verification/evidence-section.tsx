import type { Evidence } from '@app/contracts';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import styles from './evidence-section.module.css';
import { EvidenceTable } from './evidence-table';

/** How the provider's face stands to the reading, as the server compared them: differences in full, the rest when a person asks. */
export function EvidenceSection({ evidence }: { evidence: readonly Evidence[] }) {
  const { t } = useI18n();
  if (evidence.length === 0) return null;
  const differing = evidence.filter(({ agrees }) => !agrees);
  const agreeing = evidence.filter(({ agrees }) => agrees);
  return (
    <Section
      heading={t('provided.heading')}
      aside={
        <span className={styles.count} data-differs={differing.length > 0}>
          {differing.length > 0 ? t('face.differences', { count: differing.length }) : t('face.noDifferences')}
        </span>
      }
    >
      {differing.length > 0 && <EvidenceTable evidence={differing} />}
      {agreeing.length > 0 && (
        <details className={styles.agreeing}>
          <summary>{t('provided.agreeing', { count: agreeing.length })}</summary>
          <EvidenceTable evidence={agreeing} />
        </details>
      )}
    </Section>
  );
}
