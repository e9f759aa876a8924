import type { ElementName } from '@app/contracts';
import type { ReactNode } from 'react';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { ElementRow } from './element-row';
import type { ReviewActions } from './review-bar';
import type { ElementsForm } from './use-elements-form';
import type { Verification } from './use-verification';
import styles from './verification-panel.module.css';
import { VerifyBar } from './verify-bar';

interface Props {
  form: ElementsForm;
  verification: Verification;
  /** Keeps what a person says of a receipt; null where there is none to keep it with. */
  review?: ReviewActions | null;
  above?: ReactNode;
  onFocusElement?: (name: ElementName) => void;
  crop?: (name: ElementName) => ReactNode;
  onClear?: () => void;
}

/** The five elements and the button that verifies them, below whatever the page puts `above`. */
export function VerificationPanel({ form, verification, review = null, above, onFocusElement, crop, onClear }: Props) {
  const { t } = useI18n();
  return (
    <div className={styles.panel}>
      <div className={styles.scrolled}>
        {above}
        <Section heading={t('elements.heading')} aside={<span className={styles.hint}>{t('elements.hint')}</span>}>
          {form.marks.map((mark) => (
            <ElementRow key={mark.name} mark={mark} form={form} onFocus={onFocusElement} crop={crop?.(mark.name)} />
          ))}
        </Section>
      </div>
      <VerifyBar form={form} verification={verification} review={review} onClear={onClear} />
    </div>
  );
}
