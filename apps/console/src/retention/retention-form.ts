import { RetentionClass, RetentionRequest, type RetentionDays, type RetentionView } from '@app/contracts';

/** The classes whose period can be set: verdicts are never erased. */
export const SETTABLE_CLASSES = RetentionClass.exclude(['verdict']).options;
export type SettableClass = (typeof SETTABLE_CLASSES)[number];

/** Days of each class as they stand in the form; empty for what is never erased. */
export type RetentionForm = Readonly<Record<SettableClass, string>>;

export function formOf(days: RetentionDays): RetentionForm {
  const shown = (name: SettableClass): string => String(days[name] ?? '');
  return {
    original: shown('original'),
    detail: shown('detail'),
    personal: shown('personal'),
    rejected: shown('rejected'),
    draft: shown('draft'),
    delivery: shown('delivery'),
  };
}

export function changedClasses(form: RetentionForm, { days }: Pick<RetentionView, 'days'>): SettableClass[] {
  const standing = formOf(days);
  return SETTABLE_CLASSES.filter((name) => form[name].trim() !== standing[name]);
}

/** The classes that would be erased earlier than now: what was kept longer than that goes with the next run. */
export function shortenedClasses(form: RetentionForm, standing: Pick<RetentionView, 'days'>): SettableClass[] {
  return changedClasses(form, standing).filter((name) => {
    const before = standing.days[name];
    const after = form[name].trim();
    return after !== '' && (before === null || Number(after) < before);
  });
}

/** The change to be proposed: what differs, and nothing else; null while there is none, or a number that is none. */
export function changeOf(form: RetentionForm, standing: Pick<RetentionView, 'days' | 'version'>): RetentionRequest | null {
  const names = changedClasses(form, standing);
  if (names.length === 0) return null;
  const days = Object.fromEntries(names.map((name) => [name, daysOf(form[name])]));
  const change = RetentionRequest.safeParse({ basedOn: standing.version, days });
  return change.success ? change.data : null;
}

/** Null for never; what is no whole number stays a text, which the contract takes for no number. */
function daysOf(text: string): number | string | null {
  const digits = text.trim();
  if (digits === '') return null;
  return /^\d{1,6}$/.test(digits) ? Number(digits) : digits;
}
