import { useI18n } from '../i18n/i18n-context';
import { DoubtfulText } from '../receipts/doubtful-text';
import { withCharacter, type ShownDoubt } from '../receipts/doubts';
import styles from './character-doubts.module.css';

interface Props {
  value: string;
  doubts: readonly ShownDoubt[];
  onChoose: (value: string) => void;
}

/** The doubtful characters of a value, each with what else it may be, if that is known; choosing one puts it into the form. */
export function CharacterDoubts({ value, doubts, onChoose }: Props) {
  const { t } = useI18n();
  const choosable = doubts.filter(({ alternatives }) => alternatives.length > 0);
  if (doubts.length === 0) return null;
  return (
    <div className={styles.doubts}>
      <span className={styles.value}>
        <DoubtfulText text={value} doubts={doubts} />
      </span>
      {choosable.map(({ index, character, alternatives }) => (
        <span key={index} className={styles.doubt}>
          {t('doubts.character', { position: index + 1, character })}
          {alternatives.map(({ text, confidence }) => (
            <button
              key={text}
              type="button"
              className={styles.choice}
              aria-label={t('doubts.take', { position: index + 1, character: text })}
              onClick={() => onChoose(withCharacter(value, index, text))}
            >
              {text} <span className={styles.share}>{Math.floor(confidence * 100)}%</span>
            </button>
          ))}
        </span>
      ))}
    </div>
  );
}
