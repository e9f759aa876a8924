import type { FieldReading } from '@app/contracts';
import { useI18n } from '../i18n/i18n-context';
import { confidenceText, evidenceNames } from './evidence';
import styles from './field-evidence.module.css';

/** Where a value comes from, how sure the reading is, and what agrees or disagrees with it. */
export function FieldEvidence({ field }: { field: FieldReading }) {
  const i18n = useI18n();
  const { t } = i18n;
  const { confirmedBy, contradictedBy } = field;
  return (
    <div className={styles.evidence}>
      <span>
        {t(`source.${field.source}`)} {confidenceText(field)}
      </span>
      {confirmedBy.length > 0 && <span>{t('face.confirmedBy', { list: evidenceNames(i18n, confirmedBy) })}</span>}
      {contradictedBy.length > 0 && (
        <span className={styles.against}>{t('face.contradictedBy', { list: evidenceNames(i18n, contradictedBy) })}</span>
      )}
    </div>
  );
}
