import type { LookAlikes } from './look-alikes';

/**
 * With what probability a sign may be taken where another was read: 0 forbids it. `seen` is the recogniser's own probability of the sign
 * at this place, 0 when it is not among the alternatives.
 */
export type Belief = (read: string, sign: string, seen: number) => number;

/** An alternative of a value counts from this probability: prose taught the recogniser that `l` and `o` are common, in a code they are not. */
const LEAST_SEEN = 0.05;

/** What the recogniser does not list has less than this probability, the least of an alternative; a look-alike is given all of it. */
const UNSEEN = 0.001;

/** A misread, lost or doubled character of a closed set's entry. It costs more than any look-alike, so that evidence decides first. */
export const SLIP = UNSEEN / 10;

/** What the recogniser itself considered, or a look-alike of what it read. */
export function seenOrLookAlike(table: LookAlikes): Belief {
  return (read, sign, seen) => {
    const known = table.get(read)?.includes(sign) === true ? UNSEEN : 0;
    return Math.max(seen >= LEAST_SEEN ? seen : 0, known);
  };
}

/** Only a look-alike, and only where the recogniser itself considered it. */
export function seenLookAlike(table: LookAlikes): Belief {
  return (read, sign, seen) => (seen >= LEAST_SEEN && table.get(read)?.includes(sign) === true ? seen : 0);
}

/** Whatever the recogniser itself considered, however unlikely: for closed sets, where the other characters are the evidence. */
export const seenAtAll: Belief = (_read, _sign, seen) => seen;

/** Any character may have been misread: for closed sets whose entries are long and far apart. */
export const anyMisread: Belief = (_read, _sign, seen) => Math.max(seen, SLIP);
