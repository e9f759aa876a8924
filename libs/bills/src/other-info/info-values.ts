import { parseDay } from '../checks/calendar';

/** What the values of known labels look like, by the labels' identifiers. */
const FIGURES: ReadonlySet<string> = new Set([
  'businessSerialNumber',
  'patientNumber',
  'caseNumber',
  'hospitalizationNumber',
  'medicalInsuranceId',
  'applicationNumber',
  'orderNumber',
  'payCode',
]);
const DATES: ReadonlySet<string> = new Set(['medicalDate', 'paymentDate']);
const MONEY = /(?:Amount|Cost|Balance)$/u;

/** Strokes of a seal or of the next word after a number: too few to be a word of their own. */
const NUMBER = /^([0-9A-Za-z*-]{4,})(?:\p{Script=Han}{1,3}| \S)$/u;
const AMOUNT = /^(-?\d[\d,]*\.\d{2})\D{1,3}$/u;
const DAY = /^(\d{8}|\d{4}-\d{2}-\d{2})\p{Script=Han}{1,3}$/u;

/** A day whose hyphens were read as other signs; one of the two may be lost. */
const MISREAD_DAY = /^(\d{4})([-=:.~_ ]?)(\d{2})([-=:.~_ ]?)(\d{2})$/u;

/** What is left of 0.00: no other amount begins with two noughts. */
const NOUGHT = /^0[. ]{0,2}0?[. ]?0$/u;

/** The value of a known label without what is not of its kind, and its signs set right where they can be nothing else. */
export function infoValue(en: string, printed: string): string {
  if (FIGURES.has(en)) return NUMBER.exec(printed)?.[1] ?? printed;
  if (DATES.has(en)) return dayOf(DAY.exec(printed)?.[1] ?? printed);
  if (MONEY.test(en)) return NOUGHT.test(printed) ? '0.00' : (AMOUNT.exec(printed)?.[1] ?? printed);
  return printed;
}

function dayOf(printed: string): string {
  const [, year, first = '', month, second = '', day] = MISREAD_DAY.exec(printed) ?? [];
  if (first + second === '') return printed;
  const iso = `${year}-${month}-${day}`;
  return parseDay(iso) === null ? printed : iso;
}
