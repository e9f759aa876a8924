import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  MinusCircleFilled,
  QuestionCircleFilled,
} from '@ant-design/icons';
import type { VerificationView } from '@app/contracts';
import type { ReactNode } from 'react';
import { useI18n, type I18n } from '../i18n/i18n-context';
import { lightOf, type Light, type Tone } from './verdict-light';
import styles from './verdict-light-card.module.css';

const SIGNS: Record<Tone, ReactNode> = {
  green: <CheckCircleFilled />,
  red: <CloseCircleFilled />,
  amber: <ExclamationCircleFilled />,
  grey: <MinusCircleFilled />,
  blue: <ClockCircleFilled />,
};

/** The light: green for a match that is surely not reversed, and for nothing else. */
export function VerdictLight({ view, isStale }: { view: VerificationView; isStale: boolean }) {
  const i18n = useI18n();
  const { t, say } = i18n;
  const light = lightOf(view);
  return (
    <div className={styles.light} data-tone={light.tone} data-shown={light.shown} data-stale={isStale} role="status">
      <span className={styles.sign} aria-hidden>
        {light.shown === 'unknown' ? <QuestionCircleFilled /> : SIGNS[light.tone]}
      </span>
      <div>
        <div className={styles.word}>{t(`light.${light.shown}`)}</div>
        <div>{adviceOf(i18n, light, view)}</div>
        <div className={styles.message}>{say(view.message)}</div>
      </div>
    </div>
  );
}

function adviceOf({ t, instant }: I18n, { shown }: Light, view: VerificationView): string {
  // Not everything unknown was lost: an answer that contradicts the reading is none to rely on either.
  if (shown === 'unknown' && view.state === 'answered') return t('advice.inconclusive');
  if (shown !== 'waiting') return t(`advice.${shown}`);
  return view.nextAttemptAt === null ? t('advice.waitingSoon') : t('advice.waiting', { time: instant(view.nextAttemptAt) });
}
