import { ELEMENT_NAMES, FieldName, type BillReading, type CorrectionView, type FieldCorrection, type FieldReading } from '@app/contracts';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { DoubtfulText } from './doubtful-text';
import { doubtsIn } from './doubts';
import { FieldEvidence } from './field-evidence';
import styles from './field-table.module.css';

interface Props {
  bill: BillReading;
  correction: CorrectionView | null;
  focused: FieldName | null;
  onFocusField: (name: FieldName) => void;
}

const ELEMENTS = new Set<FieldName>(ELEMENT_NAMES);
const OTHERS = FieldName.options.filter((name) => !ELEMENTS.has(name));

/** The fields beside the five elements, as read; each row leads to its place on the image. */
export function FieldTable({ bill, correction, focused, onFocusField }: Props) {
  const { t, say } = useI18n();
  return (
    <Section heading={t('face.heading')} aside={<span className={styles.kind}>{t(`kind.${bill.kind}`)}</span>}>
      <dl className={styles.fields}>
        {OTHERS.map((name) => {
          const field = bill.fields[name];
          const reasons = bill.reasons.filter((reason) => reason.field === name);
          return (
            <div
              key={name}
              className={styles.field}
              data-field={name}
              data-focused={name === focused}
              tabIndex={field?.quad ? 0 : undefined}
              onFocus={() => onFocusField(name)}
            >
              <dt>{t(`field.${name}`)}</dt>
              <dd>
                <FieldValue field={field} corrected={correction?.fields[name]} />
                {field && <FieldEvidence field={field} />}
                {reasons.map(({ code, message }) => (
                  <div key={code} className={styles.reason}>
                    {say(message)}
                  </div>
                ))}
              </dd>
            </div>
          );
        })}
      </dl>
    </Section>
  );
}

/** A person's value goes before the machine's, which stays to be seen. */
function FieldValue({ field, corrected }: { field: FieldReading | undefined; corrected: FieldCorrection | undefined }) {
  const { t } = useI18n();
  if (corrected && corrected.to !== corrected.from) {
    return (
      <>
        {corrected.to}
        <div className={styles.none}>{corrected.from === null ? t('face.notRead') : t('elements.readAs', { value: corrected.from })}</div>
      </>
    );
  }
  if (!field) return <span className={styles.none}>{t('face.notRead')}</span>;
  return <DoubtfulText text={field.value} doubts={doubtsIn(field.value, field)} />;
}
