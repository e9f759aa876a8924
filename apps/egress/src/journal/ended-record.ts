import { SUITE_NAMES } from '@app/crypto';
import { EgressReply, type EgressReply as Reply } from '@app/contracts';
import { z } from 'zod';
import type { BegunEntry, EndedEntry } from './journal-entry';

const [, NOT_SENT, UNKNOWN] = EgressReply.options;
const REASONS = [
  ...NOT_SENT.shape.reason.options.map((reason) => `notSent/${reason}` as const),
  ...UNKNOWN.shape.reason.options.map((reason) => `unknown/${reason}` as const),
];
type Reason = (typeof REASONS)[number];

/** What is left of an attempt for ever: that it was made, for which call and key, and how it ended. The reply itself is gone. */
export const EndedRecord = z.strictObject({
  attemptId: z.uuid(),
  suite: z.enum(SUITE_NAMES),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  end: z.enum(['answered', ...REASONS]),
  at: z.iso.datetime({ precision: 3 }),
});
export type EndedRecord = z.infer<typeof EndedRecord>;

/** Draws the record from the files of an attempt that can be settled no more. */
export function recordOf(begun: BegunEntry, ended: EndedEntry | 'unreadable' | null): EndedRecord {
  const { attemptId, suite, digest, begunAt } = begun;
  return { attemptId, suite, digest, ...endOf(ended, begunAt) };
}

function endOf(ended: EndedEntry | 'unreadable' | null, begunAt: string): Pick<EndedRecord, 'end' | 'at'> {
  if (ended === null) return { end: 'unknown/interrupted', at: begunAt };
  if (ended === 'unreadable') return { end: 'unknown/unreadable', at: begunAt };
  if (ended.state === 'answered') return { end: 'answered', at: begunAt };
  return ended.state === 'notSent'
    ? { end: `notSent/${ended.reason}`, at: ended.at }
    : { end: `unknown/${ended.reason}`, at: ended.sentAt };
}

/** What whoever asks for the attempt again is told: of an answer, that it was kept for its time and is gone. */
export function replyOf({ attemptId, end, at }: EndedRecord): Reply {
  if (end === 'answered') return { state: 'unknown', attemptId, reason: 'expired', sentAt: at };
  if (isNotSent(end)) return { state: 'notSent', attemptId, reason: reasonIn(NOT_SENT.shape.reason, end), at };
  return { state: 'unknown', attemptId, reason: reasonIn(UNKNOWN.shape.reason, end), sentAt: at };
}

const isNotSent = (end: Reason): boolean => end.startsWith('notSent/');
const reasonIn = <T>(reasons: z.ZodType<T>, end: Reason): T => reasons.parse(end.slice(end.indexOf('/') + 1));

const END_WIDTH = Math.max(...EndedRecord.shape.end.options.map(({ length }) => length));
const SUITE_WIDTH = Math.max(...SUITE_NAMES.map(({ length }) => length));

/** A record as a line of text. All lines are equally long, so that one can be found without reading the others. */
export function lineOf({ attemptId, suite, digest, end, at }: EndedRecord): string {
  return `${attemptId} ${suite.padEnd(SUITE_WIDTH)} ${digest} ${end.padEnd(END_WIDTH)} ${at}\n`;
}

const ID_LENGTH = 36;

/** Bytes of a line. */
export const LINE_BYTES = ID_LENGTH + 1 + SUITE_WIDTH + 1 + 64 + 1 + END_WIDTH + 1 + 24 + 1;

/** The id of a line, which comes first: lines that are sorted are sorted by it. */
export const idIn = (line: string): string => line.slice(0, ID_LENGTH);

/** @throws ZodError for a line that `lineOf` never wrote */
export function parseLine(line: string): EndedRecord {
  const [attemptId, suite, digest, end, at] = line.trimEnd().split(/ +/);
  return EndedRecord.parse({ attemptId, suite, digest, end, at });
}
