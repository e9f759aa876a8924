import { type AuditSuite, leafHash, merkleRoot, segmentHash, signedBytes } from '@app/audit';
import { SUITES } from '@app/crypto';
import { otherText } from './entry-mutations';
import { changed, type EntryView, type ExportView, oneOf, type Placed, type SegmentView } from './export-view';
import type { ExportMutation, Tools } from './mutation';

const HASH_BYTES = 32;
const STANDARD: AuditSuite = SUITES.standard;

function editOf(name: keyof SegmentView, edit: (segment: SegmentView, tools: Tools) => void): ExportMutation {
  return (view, tools) => {
    const segment = oneOf(tools.chance, view.segments);
    const line = changed(view.lines[segment.at]!, (record: SegmentView) => edit(record, tools));
    if (line === view.lines[segment.at]) return null;
    const codes = name === 'number' ? (['segment-missing', 'record-misplaced'] as const) : SEGMENT_CODES;
    return { lines: view.with(segment.at, line), expected: { codes, line: segment.at + 1 } };
  };
}

const SEGMENT_CODES = [
  ...(['segment-altered', 'segment-root', 'segment-chain', 'segment-signature', 'segment-unsigned'] as const),
  ...(['segment-foreign-key', 'segment-key-change', 'line-unreadable'] as const),
];

const flipHex = (hex: string, { chance }: Tools): string => {
  const at = chance.int(0, hex.length - 1);
  return hex.slice(0, at) + (hex[at] === 'a' ? 'b' : 'a') + hex.slice(at + 1);
};
const flipBase64 = (text: string, { chance }: Tools): string => {
  const bytes = Buffer.from(text, 'base64');
  const at = chance.int(0, bytes.length - 1);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.int(0, 7));
  return bytes.toString('base64');
};

/** An entry edited by somebody who knows the format: `depth` says how much of what stands above it was made anew. */
function forged(
  view: ExportView,
  tools: Tools,
  depth: 'leaf' | 'segment' | 'signature',
): Promise<[lines: string[], segment: Placed<SegmentView>]> | [string[], Placed<SegmentView>] {
  const entry = oneOf(tools.chance, view.entries);
  const { segment } = entry;
  const fields = { ...entry.fields, actor_name: otherText(entry.fields.actor_name ?? '', tools.chance) };
  const leaves = Buffer.from(segment.leaves, 'base64');
  leafHash(STANDARD, entry.sequence, fields).copy(leaves, (entry.sequence - segment.firstSequence) * HASH_BYTES);
  const lines = view.with(
    entry.at,
    changed(view.lines[entry.at]!, (record: EntryView) => (record.fields = fields)),
  );
  const put = (change: Partial<SegmentView>): [string[], Placed<SegmentView>] => [
    lines.toSpliced(
      segment.at,
      1,
      changed(view.lines[segment.at]!, (record: SegmentView) => Object.assign(record, change)),
    ),
    segment,
  ];
  if (depth === 'leaf') return put({ leaves: leaves.toString('base64') });
  const hashes = Array.from({ length: segment.entries }, (_, index) => leaves.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES));
  const root = merkleRoot(STANDARD, hashes);
  const tenantId = entry.fields.tenant_id ?? '';
  const hash = segmentHash(STANDARD, { ...segment, tenantId, root, previousHash: Buffer.from(segment.previousHash, 'hex') });
  const content = { leaves: leaves.toString('base64'), root: root.toString('hex'), hash: hash.toString('hex') };
  if (depth === 'segment') return put(content);
  const keyId = tools.foreign.publicKey.id;
  const { linkHash, previousKeyId } = segment;
  return tools.foreign
    .sign(signedBytes(STANDARD, { segmentHash: hash, linkHash: Buffer.from(linkHash, 'hex'), keyId, previousKeyId }))
    .then((signature) => put({ ...content, keyId, signature: signature.toString('base64') }));
}

/** The export with the forger's key declared in its header. */
function declaring(lines: readonly string[], { foreign }: Tools): string[] {
  const { id, suite, spki } = foreign.publicKey;
  return lines.with(
    0,
    changed(lines[0]!, (header: { keys: unknown[] }) => header.keys.push({ id, suite, spki: spki.toString('base64') })),
  );
}

/** What somebody does to segments, to the ends of the file, and with a key of their own. */
export const SEGMENT_MUTATIONS: Record<string, ExportMutation> = {
  'segment: root edited': editOf('root', (segment, tools) => (segment.root = flipHex(segment.root, tools))),
  'segment: hash edited': editOf('hash', (segment, tools) => (segment.hash = flipHex(segment.hash, tools))),
  'segment: chain edited': editOf('previousHash', (segment, tools) => (segment.previousHash = flipHex(segment.hash, tools))),
  'segment: time edited': editOf(
    'sealedAt',
    (segment, tools) => (segment.sealedAt = otherText(segment.sealedAt, tools.chance).slice(0, 40)),
  ),
  'segment: bound edited': editOf('sealedBelow', (segment) => (segment.sealedBelow = `${segment.sealedBelow}0`.slice(0, 20))),
  'segment: counts edited': editOf('entries', (segment) => (segment.entries += 1)),
  'segment: number edited': editOf('number', (segment, { chance }) => (segment.number += chance.int(1, 3))),
  'segment: leaf edited': editOf('leaves', (segment, tools) => (segment.leaves = flipBase64(segment.leaves, tools))),
  'segment: link edited': editOf('linkHash', (segment, tools) => (segment.linkHash = flipHex(segment.linkHash, tools))),
  'segment: signature edited': editOf('signature', (segment, tools) => (segment.signature = flipBase64(segment.signature, tools))),
  'segment: signature removed': editOf('signature', (segment) => (segment.signature = '')),
  'segment: key edited': editOf('keyId', (segment, tools) => (segment.keyId = flipHex(segment.keyId, tools))),
  'segment: key before edited': editOf('previousKeyId', (segment, tools) => (segment.previousKeyId = flipHex(segment.keyId, tools))),
  'segment: suite edited': editOf('suite', (segment) => (segment.suite = 'sm')),

  'segment: deleted': (view, { chance }) => {
    const index = chance.int(0, view.segments.length - 2);
    const [from, to] = view.block(index);
    const { number } = view.segments[index]!;
    return { lines: view.lines.toSpliced(from, to - from), expected: { codes: ['segment-missing'], line: from + 1, segment: number } };
  },
  'segment: its record deleted, its entries left': (view, { chance }) => {
    const segment = oneOf(chance, view.segments);
    return { lines: view.with(segment.at), expected: { codes: ['segment-missing'], line: segment.at + 1, segment: segment.number } };
  },
  'segment: two swapped': (view, { chance }) => {
    const index = chance.int(0, view.segments.length - 2);
    const [from, middle] = view.block(index);
    const [, to] = view.block(index + 1);
    const lines = view.lines.toSpliced(from, to - from, ...view.lines.slice(middle, to), ...view.lines.slice(from, middle));
    return { lines, expected: { codes: ['segment-moved'], line: from + 1, segment: view.segments[index]!.number } };
  },
  'segment: duplicated': (view, { chance }) => {
    const index = chance.int(0, view.segments.length - 1);
    const [from, to] = view.block(index);
    const lines = view.lines.toSpliced(to, 0, ...view.lines.slice(from, to));
    return { lines, expected: { codes: ['record-misplaced'], line: to + 1, segment: view.segments[index]!.number } };
  },
  "segment: replaced by another tenant's": (view, { chance, other }) => {
    const index = chance.int(0, view.segments.length - 1);
    const [from, to] = view.block(index);
    const [otherFrom, otherTo] = other.block(index);
    const lines = view.lines.toSpliced(from, to - from, ...other.lines.slice(otherFrom, otherTo));
    return { lines, expected: { codes: ['segment-altered'], line: from + 1, segment: view.segments[index]!.number } };
  },

  'forgery: entry and its leaf': async (view, tools) => {
    const [lines, segment] = await forged(view, tools, 'leaf');
    return { lines, expected: { codes: ['segment-root'], line: segment.at + 1, segment: segment.number } };
  },
  'forgery: entry, leaf, root and hash': async (view, tools) => {
    const [lines, segment] = await forged(view, tools, 'segment');
    return { lines, expected: { codes: ['segment-signature'], line: segment.at + 1, segment: segment.number } };
  },
  'forgery: signed anew with a foreign key': async (view, tools) => {
    const [lines, segment] = await forged(view, tools, 'signature');
    return { lines: declaring(lines, tools), expected: { codes: ['segment-foreign-key'], line: segment.at + 1, segment: segment.number } };
  },
  'forgery: all from there signed anew, against anchors alone': async (view, tools) => {
    const [lines, segment] = await forged(view, tools, 'signature');
    const anew = declaring(await signedAnewFrom(lines, segment.number, tools), tools);
    // Nothing but an anchor knows better: the first one from there on is where it shows.
    const shows = tools.anchorNumbers.find((number) => number >= segment.number)!;
    return { lines: anew, expected: { codes: ['anchor-differs'], segment: shows }, witnesses: tools.anchored };
  },

  'tail: segments cut': (view, { chance }) => {
    const index = chance.int(1, view.segments.length - 1);
    const [from] = view.block(index);
    const [, to] = view.block(view.segments.length - 1);
    return {
      lines: view.lines.toSpliced(from, to - from),
      expected: { codes: ['tail-cut'], segment: view.segments[index]!.number },
    };
  },
  'tail: segments cut and the header written anew, against anchors': (view, { chance, anchored }) => {
    const index = chance.int(1, view.segments.length - 1);
    const [from] = view.block(index);
    const cut = [...view.lines.slice(0, from), view.lines.at(-1)!];
    const { number, firstSequence } = view.segments[index]!;
    const lines = cut.with(
      0,
      changed(cut[0]!, (header: { last: number }) => (header.last = number - 1)),
    );
    return { lines, expected: { codes: ['tail-cut'], segment: number, sequence: firstSequence }, witnesses: anchored };
  },
  'head: segments cut': (view, { chance }) => {
    const index = chance.int(1, view.segments.length - 1);
    const [from] = view.block(index);
    return { lines: view.lines.toSpliced(1, from - 1), expected: { codes: ['segment-missing'], line: 2, segment: 1 } };
  },
  'file: cut anywhere': (view, { chance }) => {
    const text = `${view.lines.join('\n')}\n`;
    const at = chance.int(1, text.length - 2);
    const kept = text.slice(0, at);
    const line = kept.split('\n').length;
    return { lines: [...view.lines], text: kept, expected: { codes: ['file-truncated'], line } };
  },
  'file: a character changed': (view, { chance }) => {
    const at = oneOf(chance, chance.int(0, 1) === 0 ? view.segments.map(({ at }) => at) : view.entries.map(({ at }) => at));
    const line = view.lines[at]!;
    const place = chance.int(0, line.length - 1);
    const character = line[place] === '7' ? '1' : '7';
    return { lines: view.with(at, line.slice(0, place) + character + line.slice(place + 1)), expected: { codes: [], line: at + 1 } };
  },
  'file: something unsigned changed': (view) => {
    const line = changed(view.lines[0]!, (header: { exportedAt: string }) => (header.exportedAt = new Date(0).toISOString()));
    return { lines: view.with(0, line), expected: { codes: ['end-digest'], line: view.lines.length }, keepsEnd: true };
  },
  'file: key under a false id': (view, tools) => {
    const line = changed(view.lines[0]!, (header: { keys: { id: string }[] }) => {
      const key = oneOf(tools.chance, header.keys);
      key.id = flipHex(key.id, tools);
    });
    return { lines: view.with(0, line), expected: { codes: ['header-wrong'], line: 1 } };
  },
  'file: lines after the end': (view, { chance }) => {
    const lines = [...view.lines, view.lines[oneOf(chance, view.entries).at]!];
    return { lines, expected: { codes: ['record-misplaced'], line: lines.length }, keepsEnd: true };
  },
};

/** Each later segment chained to the one before and signed by the forger. */
async function signedAnewFrom(lines: readonly string[], number: number, tools: Tools): Promise<string[]> {
  const out = [...lines];
  const tenantId = (JSON.parse(lines[0]!) as { tenantId: string }).tenantId;
  const keyId = tools.foreign.publicKey.id;
  let before: { hash: string; keyId: string } | null = null;
  for (const [at, line] of lines.entries()) {
    if (!line.startsWith('{"type":"segment"')) continue;
    const segment = JSON.parse(line) as SegmentView;
    if (before !== null && segment.number > number) {
      Object.assign(segment, { previousHash: before.hash, previousKeyId: before.keyId, keyId });
      const content = { ...segment, tenantId, root: Buffer.from(segment.root, 'hex'), previousHash: Buffer.from(before.hash, 'hex') };
      const hash = segmentHash(STANDARD, content);
      const head = { segmentHash: hash, linkHash: Buffer.from(segment.linkHash, 'hex'), keyId, previousKeyId: before.keyId };
      const signature = (await tools.foreign.sign(signedBytes(STANDARD, head))).toString('base64');
      out[at] = JSON.stringify(Object.assign(segment, { hash: hash.toString('hex'), signature }));
    }
    before = { hash: segment.hash, keyId: segment.keyId };
  }
  return out;
}
