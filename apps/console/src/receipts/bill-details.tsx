import type { BillReading, CorrectionView, FieldName, VerificationView } from '@app/contracts';
import type { Ref } from 'react';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { FaceComparison } from '../verification/face-comparison-table';
import styles from './bill-details.module.css';
import { FieldTable } from './field-table';
import { ItemsTable } from './items-table';

interface Props {
  ref: Ref<HTMLElement>;
  bill: BillReading;
  correction: CorrectionView | null;
  verification: VerificationView | null;
  focused: FieldName | null;
  onFocusField: (name: FieldName) => void;
}

/** Everything read apart from the five elements; once the provider answered, its face beside our reading comes first. */
export function BillDetails({ ref, bill, correction, verification, focused, onFocusField }: Props) {
  const { t } = useI18n();
  return (
    <section ref={ref} className={styles.details}>
      {verification?.face && (
        <FaceComparison verification={verification} face={verification.face} bill={bill} onFocusField={onFocusField} />
      )}
      <FieldTable bill={bill} correction={correction} focused={focused} onFocusField={onFocusField} />
      <ItemsTable items={bill.items} />
      <Section heading={t('otherInfo.heading')}>
        {bill.otherInfo.length === 0 && <p className={styles.none}>{t('otherInfo.none')}</p>}
        <dl className={styles.pairs}>
          {bill.otherInfo.map(({ cn, value }, at) => (
            <div key={`${at} ${cn}`}>
              <dt>{cn}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </section>
  );
}
