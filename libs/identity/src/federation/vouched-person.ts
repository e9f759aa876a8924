import { Login } from '@app/contracts';

/** What a provider or directory says of a person whom it has proved. */
export interface VouchedPerson {
  issuer: string;
  subject: string;
  login: string;
  displayName: string;
  groups: readonly string[];
}

const MOST_GROUPS = 1_000;
const MAX_TEXT = 500;
/** The database takes no control characters. */
const SUBJECT = /^\P{Cc}{1,500}$/u;
const MAX_DISPLAY_NAME = 100;

/** What was said, before it is looked at. */
export interface RawPerson {
  issuer: string;
  subject: unknown;
  login: unknown;
  displayName: unknown;
  groups: unknown;
}

/** Null where there is no subject, no login that can be one here, or more groups than anybody has: nobody is let in by halves. */
export function vouchedPerson({ issuer, subject, login, displayName, groups }: RawPerson): VouchedPerson | null {
  const name = Login.safeParse(typeof login === 'string' ? login.trim() : login);
  const names = groupNames(groups);
  if (typeof subject !== 'string' || !SUBJECT.test(subject) || !name.success || names === null) return null;
  return { issuer, subject, login: name.data, displayName: printable(displayName) || name.data, groups: names };
}

function groupNames(groups: unknown): string[] | null {
  if (groups === undefined || groups === null) return [];
  const all: unknown[] = Array.isArray(groups) ? groups : [groups];
  if (all.length > MOST_GROUPS) return null;
  return all.every((one) => typeof one === 'string' && one.length <= MAX_TEXT) ? (all as string[]) : null;
}

function printable(text: unknown): string {
  if (typeof text !== 'string') return '';
  const shown = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ').trim();
  return Array.from(shown).slice(0, MAX_DISPLAY_NAME).join('').trim();
}
