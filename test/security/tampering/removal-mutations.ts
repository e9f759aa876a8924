import { AUDIT_SUITES, removalHash, type RemovalRecord, signedRemovalBytes } from '@app/audit';
import { changed, type ExportView, oneOf } from './export-view';
import type { ExportMutation } from './mutation';

/** Lines of the removals, which stand behind the header. */
const placesOf = (view: ExportView): number[] => view.lines.flatMap((line, at) => (line.startsWith('{"type":"removal"') ? [at] : []));
const recordAt = (view: ExportView, at: number): RemovalRecord => JSON.parse(view.lines[at]!) as RemovalRecord;
const tenantOf = (view: ExportView): string => (JSON.parse(view.lines[0]!) as { tenantId: string }).tenantId;

function editOf(edit: (removal: RemovalRecord) => Partial<Record<keyof RemovalRecord, unknown>>): ExportMutation {
  return (_view, { aged, chance }) => {
    const at = oneOf(chance, placesOf(aged));
    const line = changed(aged.lines[at]!, (record: RemovalRecord) => Object.assign(record, edit(record)));
    return { lines: aged.with(at, line), expected: { codes: ['removal-altered'], line: at + 1 } };
  };
}

/** As somebody would who knows how the hash is made, and has no key or one of their own. */
function hashed(view: ExportView, at: number, change: Partial<RemovalRecord>): RemovalRecord {
  const record = { ...recordAt(view, at), ...change };
  const bytes = (text: string): Buffer => Buffer.from(text, 'hex');
  const of = {
    ...record,
    tenantId: tenantOf(view),
    root: bytes(record.root),
    lastHash: bytes(record.lastHash),
    previousHash: bytes(record.previousHash),
  };
  return { ...record, hash: removalHash(AUDIT_SUITES.standard, of).toString('hex') };
}

/** The last removal stretched over the first segment that was kept, and that segment taken out: the header says so, too. */
function stretched(aged: ExportView): { lines: string[]; at: number; change: Partial<RemovalRecord> } {
  const at = placesOf(aged).at(-1)!;
  const [from, to] = aged.block(0);
  const { number, lastSequence, hash } = aged.segments[0]!;
  const removal = recordAt(aged, at);
  const lines = aged.lines.toSpliced(from, to - from).with(
    0,
    changed(aged.lines[0]!, (header: { first: number }) => (header.first += 1)),
  );
  return { lines, at, change: { lastSegment: number, lastSequence, entries: lastSequence - removal.firstSequence + 1, lastHash: hash } };
}

/** What somebody does to what stays of segments that outlived their time, and behind its back. */
export const REMOVAL_MUTATIONS: Record<string, ExportMutation> = {
  'removal: range widened': editOf(({ lastSegment }) => ({ lastSegment: lastSegment + 1 })),
  'removal: count edited': editOf(({ entries }) => ({ entries: entries + 1 })),
  'removal: rule edited': editOf(({ retentionDays }) => ({ retentionDays: retentionDays + 1 })),
  'removal: time edited': editOf(() => ({ removedAt: '2031-01-01T00:00:00.000000Z' })),
  'removal: root edited': editOf(({ lastHash }) => ({ root: lastHash })),

  'removal: too much, the record left as it was': (_view, { aged }) => {
    const { lines, at } = stretched(aged);
    const { number } = aged.segments[0]!;
    return { lines, expected: { codes: ['head-cut'], line: at + 2, segment: number } };
  },
  'removal: too much, the record and its hash made anew': (_view, { aged }) => {
    const { lines, at, change } = stretched(aged);
    return { lines: lines.with(at, JSON.stringify(hashed(aged, at, change))), expected: { codes: ['removal-signature'], line: at + 1 } };
  },
  'removal: too much, signed with a key of their own': async (_view, { aged, foreign }) => {
    const { lines, at, change } = stretched(aged);
    const keyId = foreign.publicKey.id;
    const record = hashed(aged, at, change);
    const signature = await foreign.sign(signedRemovalBytes(foreign.suite, { hash: Buffer.from(record.hash, 'hex'), keyId }));
    const forged = { ...record, keyId, signature: signature.toString('base64') };
    return { lines: lines.with(at, JSON.stringify(forged)), expected: { codes: ['removal-signature'], line: at + 1 } };
  },
  'removal: record taken out': (_view, { aged }) => {
    const at = placesOf(aged).at(-1)!;
    const { firstSegment } = recordAt(aged, at);
    return { lines: aged.with(at), expected: { codes: ['head-cut'], line: at + 1, segment: firstSegment } };
  },
  'removal: first record taken out': (_view, { aged }) => {
    const [at] = placesOf(aged) as [number];
    return { lines: aged.with(at), expected: { codes: ['removal-chain'], line: at + 1 } };
  },
  'removal: record twice': (_view, { aged, chance }) => {
    const at = oneOf(chance, placesOf(aged));
    return { lines: aged.lines.toSpliced(at, 0, aged.lines[at]!), expected: { codes: ['removal-chain'], line: at + 2 } };
  },
  'removal: records exchanged': (_view, { aged }) => {
    const [one, two] = placesOf(aged) as [number, number];
    const lines = aged.lines.with(one, aged.lines[two]!).with(two, aged.lines[one]!);
    return { lines, expected: { codes: ['removal-chain'], line: one + 1 } };
  },
  'removal: record moved behind a segment': (_view, { aged, chance }) => {
    const at = placesOf(aged).at(-1)!;
    const [, to] = aged.block(chance.int(0, aged.segments.length - 1));
    const lines = aged.lines.toSpliced(to, 0, aged.lines[at]!).toSpliced(at, 1);
    return { lines, expected: { codes: ['head-cut'], line: at + 1 } };
  },
  "removal: record moved into another tenant's export": (view, { aged, chance }) => {
    const line = aged.lines[oneOf(chance, placesOf(aged))]!;
    return { lines: view.lines.toSpliced(1, 0, line), expected: { codes: ['removal-altered'], line: 2 } };
  },
  'removal: none, and the beginning cut off': (view) => {
    const [from, to] = view.block(0);
    const lines = view.lines.toSpliced(from, to - from).with(
      0,
      changed(view.lines[0]!, (header: { first: number }) => (header.first += 1)),
    );
    return { lines, expected: { codes: ['head-cut'], line: from + 1, segment: 1 } };
  },
};
