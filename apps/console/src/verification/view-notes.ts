import type { VerificationView } from '@app/contracts';
import type { I18n } from '../i18n/i18n-context';
import { isPending } from './verdict-light';

/** A sentence beside the light. A `warning` asks a person to do or to mind something, an `info` only explains. */
export interface ViewNote {
  readonly tone: 'warning' | 'info';
  readonly text: string;
}

/** What is to be said of a verification besides its verdict, the most urgent first. */
export function notesOf(i18n: I18n, view: VerificationView): ViewNote[] {
  const { t, say } = i18n;
  return [
    ...(view.reviewNeeded ? [warning(t('advice.reviewNeeded'))] : []),
    ...refusalNotes(i18n, view),
    ...(isPending(view) && view.hold !== null ? [info(t(`hold.${view.hold}`))] : []),
    ...triesNotes(i18n, view),
    ...view.warnings.map(({ message }) => warning(say(message))),
  ];
}

function refusalNotes({ t, instant }: I18n, { refusal }: VerificationView): ViewNote[] {
  if (refusal === null) return [];
  return [info(refusal.passesAt === null ? t('note.neverPasses') : t('note.passesAt', { time: instant(refusal.passesAt) }))];
}

function triesNotes({ t }: I18n, { triesLeft }: VerificationView): ViewNote[] {
  if (triesLeft === null) return [];
  return [warning(triesLeft === 0 ? t('note.noTriesLeft') : t('note.triesLeft', { count: triesLeft }))];
}

const warning = (text: string): ViewNote => ({ tone: 'warning', text });
const info = (text: string): ViewNote => ({ tone: 'info', text });
