import { useI18n } from '../i18n/i18n-context';
import styles from './doubtful-text.module.css';
import type { ShownDoubt } from './doubts';

interface Props {
  text: string;
  doubts: readonly ShownDoubt[];
}

/** A text with the characters stressed that may be others. */
export function DoubtfulText({ text, doubts }: Props) {
  const { t } = useI18n();
  return (
    <>
      {Array.from(text, (character, at) => {
        const doubt = doubts.find(({ index }) => index === at);
        if (!doubt) return character;
        const list = doubt.alternatives.map(({ text: other }) => other).join(' ');
        return (
          <mark key={at} className={styles.doubtful} title={list === '' ? t('doubts.compare') : t('doubts.couldBe', { list })}>
            {character}
          </mark>
        );
      })}
    </>
  );
}
