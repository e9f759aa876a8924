import { LONGEST_AUDIT_WINDOW_DAYS, type AuditResult } from '@app/contracts';

/** What is asked of the audit, as it stands in the form. Days are those of China Standard Time, the last one included. */
export interface AuditForm {
  readonly from: string;
  readonly to: string;
  readonly action: string;
  readonly actorId: string;
  readonly targetType: string;
  readonly targetId: string;
  readonly requestId: string;
  readonly result: AuditResult | '';
}

/** Why a form is no question. */
export type AuditFault = 'badWindow' | 'needsType';

const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;
const WORDS = ['action', 'actorId', 'targetType', 'targetId', 'requestId', 'result'] as const;

/** The last week up to and with `today`. */
export function emptyForm(today: string): AuditForm {
  const from = new Date(Date.parse(`${today}T00:00:00Z`) - 6 * DAY_MS).toISOString().slice(0, 10);
  return { from, to: today, action: '', actorId: '', targetType: '', targetId: '', requestId: '', result: '' };
}

/** The parameters of the API, or why there are none. What is empty is not asked for. */
export function questionOf(form: AuditForm): { query: Readonly<Record<string, string>> } | { fault: AuditFault } {
  const from = startOf(form.from);
  const to = startOf(form.to);
  if (from === null || to === null) return { fault: 'badWindow' };
  const end = to + DAY_MS;
  if (end <= from || end - from > LONGEST_AUDIT_WINDOW_DAYS * DAY_MS) return { fault: 'badWindow' };
  if (form.targetId.trim() !== '' && form.targetType.trim() === '') return { fault: 'needsType' };
  const given = WORDS.map((name) => [name, form[name].trim()] as const).filter(([, value]) => value !== '');
  return { query: { from: new Date(from).toISOString(), to: new Date(end).toISOString(), ...Object.fromEntries(given) } };
}

/** When a day begins in China; null for what is none. */
function startOf(day: string): number | null {
  const start = DAY.test(day) ? Date.parse(`${day}T00:00:00+08:00`) : Number.NaN;
  return Number.isNaN(start) ? null : start;
}
