import { InvalidArgumentError } from 'commander';

/** For how many days a key or credential is to be valid. */
export function parseDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw new InvalidArgumentError('give a whole number of days from 1 to 3650');
  return days;
}
