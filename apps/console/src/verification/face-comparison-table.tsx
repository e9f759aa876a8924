import { CheckOutlined, WarningFilled } from '@ant-design/icons';
import { ELEMENT_NAMES, type BillReading, type FieldName, type ProviderFace, type VerificationView } from '@app/contracts';
import type { ReactNode } from 'react';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { compareFace, type ComparedField, type Likeness } from './face-comparison';
import styles from './face-comparison-table.module.css';

const SIGNS: Partial<Record<Likeness, ReactNode>> = { same: <CheckOutlined />, compatible: <CheckOutlined />, differs: <WarningFilled /> };

const ELEMENTS = new Set<FieldName>(ELEMENT_NAMES);

interface Props {
  verification: VerificationView;
  face: ProviderFace;
  bill: BillReading | null;
  onFocusField?: (name: FieldName) => void;
}

/** The provider's face beside ours, field by field, differences marked. */
export function FaceComparison({ verification, face, bill, onFocusField }: Props) {
  const { t } = useI18n();
  const fields = compareFace(face, verification.elements, bill);
  const count = fields.filter(({ likeness }) => likeness === 'differs').length;
  return (
    <Section
      heading={t('face.comparisonHeading')}
      aside={
        <span className={count > 0 ? styles.differences : styles.agreement}>
          {count > 0 ? t('face.differences', { count }) : t('face.noDifferences')}
        </span>
      }
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('face.field')}</th>
            <th scope="col">{t(bill ? 'face.ours' : 'face.typed')}</th>
            <th scope="col">{t('face.provider')}</th>
            <th scope="col">{t('face.state')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <ComparedRow key={field.name} field={field} onClick={() => onFocusField?.(field.name)} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function ComparedRow({ field: { name, ours, theirs, likeness }, onClick }: { field: ComparedField; onClick: () => void }) {
  const { t } = useI18n();
  const cell = (value: string | null, without: string) => (value === null ? <span className={styles.none}>{without}</span> : value);
  return (
    <tr data-likeness={likeness} onClick={onClick}>
      <th scope="row">{t(`field.${name}`)}</th>
      <td className={ELEMENTS.has(name) ? styles.exact : undefined}>{cell(ours, t('face.notRead'))}</td>
      <td className={ELEMENTS.has(name) ? styles.exact : undefined}>{cell(theirs, t('face.notProvided'))}</td>
      <td className={styles.state}>
        {SIGNS[likeness]} {t(likeness === 'notProvided' || likeness === 'notRead' ? 'face.notCompared' : `face.${likeness}`)}
      </td>
    </tr>
  );
}
