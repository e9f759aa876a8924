import { type Elements, shanghaiDay, startOfShanghaiDay } from '@app/contracts';
import { dayAfter, parseDay } from '../checks/calendar';
import { formatAmount, parseAmount } from '../money/amount';

/**
 * What a QR code's text says. `fiscal` carries whichever elements could be told apart by shape; `tax` is a tax invoice's;
 * `other` says nothing about a bill. The text is parsed only: an address in it is never opened.
 */
export type QrPayload = { kind: 'fiscal'; regionPrefix: string | null; elements: Partial<Elements> } | { kind: 'tax' } | { kind: 'other' };

/** First day a fiscal e-bill can carry; tells a date of 8 digits from a bill code. */
const EARLIEST_DAY = '2017-01-01';

/** Parses a QR code's text by the shapes of its fields; positions are never trusted, and what stays ambiguous is left out. */
export function parseQrPayload(text: string, today: string): QrPayload {
  const trimmed = text.trim();
  if (/^01,\d{2},/u.test(trimmed)) return { kind: 'tax' };
  if (/^https?:\/\//iu.test(trimmed)) return parseAddress(trimmed, today);
  const tag = /^CZ-EI-(\d{2}),/u.exec(trimmed);
  if (!tag) return { kind: 'other' };
  const fields = trimmed.split(',').slice(1);
  return { kind: 'fiscal', regionPrefix: tag[1] ?? null, elements: byShape(fields, tag[1] ?? null, today) };
}

function parseAddress(text: string, today: string): QrPayload {
  if (!URL.canParse(text)) return { kind: 'other' };
  const url = new URL(text);
  const fields = [...url.pathname.split('/'), ...url.searchParams.values()].filter((field) => field !== '');
  const at = fields.findIndex((field) => /^\d{8}$/u.test(field));
  const number = fields.findIndex((field) => /^\d{10}$/u.test(field));
  if (at < 0 || number < 0) return { kind: 'other' };
  // Words of a path such as "verify" have a check code's shape, so only what follows code and number is looked at.
  const elements = byShape(fields.slice(Math.min(at, number)), null, today);
  const day = epochDay(fields, today);
  return { kind: 'fiscal', regionPrefix: null, elements: { ...elements, ...(day === null ? {} : { issueDate: day }) } };
}

/** A day is an epoch at exactly midnight in Shanghai, and the only such field. */
function epochDay(fields: string[], today: string): string | null {
  const days = fields
    .filter((field) => /^\d{13}$/u.test(field))
    .map((field) => new Date(Number(field)))
    .filter((at) => startOfShanghaiDay(shanghaiDay(at)).getTime() === at.getTime())
    .map(shanghaiDay)
    .filter((day) => isPlausible(day, today));
  return days.length === 1 ? (days[0] ?? null) : null;
}

function byShape(fields: string[], regionPrefix: string | null, today: string): Partial<Elements> {
  const trimmed = fields.map((field) => field.trim());
  const only = (pattern: RegExp) => single(trimmed.filter((field) => pattern.test(field)));
  const amount = single(trimmed.filter((field) => field.includes('.') && parseAmount(field) !== null));
  const fen = amount === undefined ? null : parseAmount(amount);
  return withoutUndefined({
    billNumber: only(/^\d{10}$/u),
    checkCode: only(/^[0-9A-Za-z]{6}$/u),
    totalAmount: fen === null ? undefined : formatAmount(fen),
    ...codeAndDay(
      trimmed.filter((field) => /^\d{8}$/u.test(field)),
      regionPrefix,
      today,
    ),
  });
}

/** Code and date are both 8 digits: region and year tell them apart, or nothing does. */
function codeAndDay(candidates: string[], regionPrefix: string | null, today: string): { billCode?: string; issueDate?: string } {
  const isDay = (text: string) => {
    const day = parseDay(text);
    return day !== null && isPlausible(day, today);
  };
  const [first, second] = candidates;
  if (first === undefined || candidates.length > 2) return {};
  if (second === undefined) return isDay(first) ? {} : { billCode: first };
  const pairs = [[first, second] as const, [second, first] as const].filter(
    ([code, day]) => isDay(day) && !isSameRole(code, day, regionPrefix, isDay),
  );
  const [pair] = pairs;
  return pair && pairs.length === 1 ? { billCode: pair[0], issueDate: parseDay(pair[1]) ?? undefined } : {};
}

function isSameRole(code: string, day: string, regionPrefix: string | null, isDay: (text: string) => boolean): boolean {
  if (!isDay(code)) return false;
  return code.slice(0, 2) !== regionPrefix || code.slice(6, 8) !== day.slice(2, 4);
}

function isPlausible(day: string, today: string): boolean {
  return day >= EARLIEST_DAY && day <= dayAfter(today);
}

function single(values: string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}

function withoutUndefined(elements: { [K in keyof Elements]?: string | undefined }): Partial<Elements> {
  return Object.fromEntries(Object.entries(elements).filter((entry) => typeof entry[1] === 'string'));
}
