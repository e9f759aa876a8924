import { useI18n } from '../i18n/i18n-context';
import { differingPositions, type ElementMark } from '../receipts/element-marks';
import styles from './element-alternatives.module.css';

interface Props {
  mark: ElementMark;
  value: string;
  onChoose: (value: string) => void;
}

/** Other values the evidence allows, the characters in question stressed; choosing one puts it into the form. */
export function ElementAlternatives({ mark, value, onChoose }: Props) {
  const { t } = useI18n();
  if (mark.alternatives.length === 0 || mark.mark === 'confirmed') return null;
  return (
    <div className={styles.alternatives}>
      <span>{t('elements.alternatives')}</span>
      {mark.alternatives.map((alternative) => {
        const differing = differingPositions(alternative, mark.readValue || value);
        return (
          <button
            key={alternative}
            type="button"
            className={styles.alternative}
            aria-label={t('elements.useAlternative', { value: alternative })}
            onClick={() => onChoose(alternative)}
          >
            {Array.from(alternative, (character, at) => (differing.has(at) ? <mark key={at}>{character}</mark> : character))}
          </button>
        );
      })}
    </div>
  );
}
