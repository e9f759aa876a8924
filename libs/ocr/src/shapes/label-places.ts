import type { KnownLabel } from './known-shapes';

/** A value of a line whose shape a label on it makes known: from `start` up to, not including, `end`. */
export interface LabelledValue {
  label: KnownLabel;
  start: number;
  end: number;
}

/** A colon, or the 章 in brackets that follows 收款单位 and its colon. */
const AFTER_LABEL = /^(?:\([^()]{0,3}\))?[:;]+/u;

/** What stands around a value and is no part of it; recognisers are unsure of currency signs, and a Y is a yen sign with one bar lost. */
const AROUND_VALUE = /^[:;.,'"`·、。_|~=¥Y元]$/u;

/** The values after known labels in a line's folded characters, white space left out. Labels are given longest first. */
export function labelledValues(signs: readonly string[], labels: readonly KnownLabel[]): LabelledValue[] {
  const text = signs.join('');
  const places: { label: KnownLabel; from: number; after: number }[] = [];
  for (let at = 0; at < text.length;) {
    const found = labelAt(text, at, labels);
    if (found) places.push(found);
    at = found ? found.after : at + 1;
  }
  return places.map(({ label, after }, index) => trimmed(signs, { label, start: after, end: places[index + 1]?.from ?? text.length }));
}

/** A label counts with its colon, with its own brackets, or at the head of the line. */
function labelAt(text: string, at: number, labels: readonly KnownLabel[]): { label: KnownLabel; from: number; after: number } | null {
  for (const label of labels) {
    if (!text.startsWith(label.text, at)) continue;
    const after = at + label.text.length;
    const marks = AFTER_LABEL.exec(text.slice(after))?.[0].length ?? 0;
    if (marks > 0 || /[()]$/u.test(label.text) || at === 0) return { label, from: at, after: after + marks };
  }
  return null;
}

function trimmed(signs: readonly string[], { label, start, end }: LabelledValue): LabelledValue {
  while (start < end && AROUND_VALUE.test(signs[start] ?? '')) start += 1;
  while (end > start && AROUND_VALUE.test(signs[end - 1] ?? '')) end -= 1;
  return { label, start, end };
}
