import { randomUUID } from 'node:crypto';
import type { Random } from '@app/samples';
import { changed, type EntryView, oneOf } from './export-view';
import type { ExportMutation } from './mutation';

/** Another text than was there. */
export function otherText(text: string, chance: Random): string {
  const at = chance.int(0, Math.max(0, text.length - 1));
  const character = oneOf(
    chance,
    ['x', '0', '9', '改', ' ', '"', '\\', '\u200b', 'é'].filter((one) => one !== text[at]),
  );
  return chance.int(0, 2) === 0 ? `${text}${character}` : text.slice(0, at) + character + text.slice(at + 1);
}

const editOf =
  (pick: (names: string[], chance: Random) => string): ExportMutation =>
  (view, { chance }) => {
    const entry = oneOf(chance, view.entries);
    const name = pick(Object.keys(entry.fields), chance);
    const line = changed(
      view.lines[entry.at]!,
      (record: EntryView) => (record.fields[name] = otherText(record.fields[name] ?? '', chance)),
    );
    return { lines: view.with(entry.at, line), expected: { codes: ['entry-altered'], line: entry.at + 1, sequence: entry.sequence } };
  };

/** What somebody does to single entries of an exported file. */
export const ENTRY_MUTATIONS: Record<string, ExportMutation> = {
  'entry: any field edited': editOf((names, chance) => oneOf(chance, names)),
  'entry: detail edited': editOf(() => 'detail'),
  'entry: actor edited': editOf(() => 'actor_name'),
  'entry: time edited': editOf(() => 'recorded_at'),

  'entry: field removed': (view, { chance }) => {
    const entry = oneOf(chance, view.entries);
    const name = oneOf(chance, Object.keys(entry.fields));
    const line = changed(view.lines[entry.at]!, ({ fields }: EntryView) => Reflect.deleteProperty(fields, name));
    return { lines: view.with(entry.at, line), expected: { codes: ['entry-altered'], line: entry.at + 1, sequence: entry.sequence } };
  },

  'entry: field added': (view, { chance }) => {
    const entry = oneOf(chance, view.entries);
    const line = changed(view.lines[entry.at]!, (record: EntryView) => {
      record.fields = Object.fromEntries(
        Object.entries({ ...record.fields, note: 'checked' }).sort(([one], [two]) => (one < two ? -1 : 1)),
      );
    });
    return { lines: view.with(entry.at, line), expected: { codes: ['entry-altered'], line: entry.at + 1, sequence: entry.sequence } };
  },

  'entry: two fields run together': (view, { chance }) => {
    const entry = oneOf(chance, view.entries);
    const line = changed(view.lines[entry.at]!, ({ fields }: EntryView) => {
      fields.target_type = (fields.target_type ?? '') + (fields.target_id ?? '').slice(0, 1);
      fields.target_id = (fields.target_id ?? '').slice(1);
    });
    return { lines: view.with(entry.at, line), expected: { codes: ['entry-altered'], line: entry.at + 1, sequence: entry.sequence } };
  },

  'entry: number edited': (view, { chance }) => {
    const entry = oneOf(chance, view.entries);
    const line = changed(view.lines[entry.at]!, (record: EntryView) => (record.sequence += chance.int(1, 50)));
    return {
      lines: view.with(entry.at, line),
      expected: { codes: ['entry-missing', 'entry-altered', 'entry-inserted'], line: entry.at + 1, segment: entry.segment.number },
    };
  },

  'entry: same content in other bytes': (view, { chance }) => {
    const entry = oneOf(chance, view.entries);
    const text = view.lines[entry.at]!;
    const { action } = entry.fields;
    const line = oneOf(chance, [
      text.replace(':', ': '),
      text.replace('"fields":{', `"fields":{"action":"tenant.create",`),
      text.replace(`"${action}"`, `"\\u${action!.charCodeAt(0).toString(16).padStart(4, '0')}${action!.slice(1)}"`),
      `${text} `,
    ]);
    return { lines: view.with(entry.at, line), expected: { codes: ['line-unreadable'], line: entry.at + 1, sequence: entry.sequence } };
  },

  'entry: deleted': (view, { chance }) => {
    const entry = oneOf(chance, view.entries);
    const { sequence, segment } = entry;
    return { lines: view.with(entry.at), expected: { codes: ['entry-missing'], line: entry.at + 1, sequence, segment: segment.number } };
  },

  'entry: several deleted': (view, { chance }) => {
    const from = chance.int(0, view.entries.length - 2);
    const [first, count] = [view.entries[from]!, chance.int(2, 6)];
    const gone = new Set(view.entries.slice(from, from + count).map(({ at }) => at));
    const lines = view.lines.filter((_, at) => !gone.has(at));
    return { lines, expected: { codes: ['entry-missing'], line: first.at + 1, sequence: first.sequence } };
  },

  'entry: duplicated': (view, { chance }) => {
    const entry = oneOf(chance, view.entries);
    const at = chance.int(entry.at + 1, entry.segment.at + 1 + entry.segment.entries);
    return {
      lines: view.lines.toSpliced(at, 0, view.lines[entry.at]!),
      expected: { codes: ['entry-duplicate'], line: at + 1, sequence: entry.sequence },
    };
  },

  'entry: inserted before another': (view, { chance }) => {
    const entry = oneOf(chance, view.entries);
    const id = randomUUID();
    const fake = changed(view.lines[entry.at]!, (record: EntryView) => {
      record.fields = { ...record.fields, id, target_id: 'r-0' };
      record.sequence += oneOf(chance, [0, 0, 1, 1_000]);
    });
    return { lines: view.lines.toSpliced(entry.at, 0, fake), expected: { codes: ['entry-inserted'], line: entry.at + 1, entryId: id } };
  },

  'entry: inserted after a segment': (view, { chance }) => {
    const index = chance.int(0, view.segments.length - 1);
    const [, to] = view.block(index);
    const id = randomUUID();
    const fake = changed(view.lines[to - 1]!, (record: EntryView) => {
      record.fields = { ...record.fields, id };
      record.sequence += 1;
    });
    return { lines: view.lines.toSpliced(to, 0, fake), expected: { codes: ['entry-inserted'], line: to + 1, entryId: id } };
  },

  'entry: two neighbours swapped': (view, { chance }) => {
    const entry = oneOf(chance, view.entries);
    const next = view.entries.find(({ at }) => at === entry.at + 1);
    if (next === undefined) return null;
    const lines = view.lines.toSpliced(entry.at, 2, view.lines[next.at]!, view.lines[entry.at]!);
    return { lines, expected: { codes: ['entry-moved'], line: entry.at + 1, sequence: entry.sequence, entryId: entry.fields.id! } };
  },

  'entry: moved within its segment': (view, { chance }) => {
    const entry = oneOf(chance, view.entries);
    const end = entry.segment.at + entry.segment.entries;
    if (entry.at >= end) return null;
    const to = chance.int(entry.at + 1, end);
    const lines = view.lines.toSpliced(entry.at, 1).toSpliced(to, 0, view.lines[entry.at]!);
    return { lines, expected: { codes: ['entry-moved'], line: entry.at + 1, sequence: entry.sequence } };
  },

  'entry: moved to a later segment': (view, { chance }) => {
    const index = chance.int(0, view.segments.length - 2);
    const entry = oneOf(
      chance,
      view.entries.filter(({ segment }) => segment === view.segments[index]),
    );
    const [from] = view.block(index + 1);
    const lines = view.lines.toSpliced(from + 1, 0, view.lines[entry.at]!).toSpliced(entry.at, 1);
    return { lines, expected: { codes: ['entry-missing'], line: entry.at + 1, sequence: entry.sequence } };
  },

  'entry: contents of two swapped': (view, { chance }) => {
    const [one, two] = [oneOf(chance, view.entries), oneOf(chance, view.entries)].sort((a, b) => a.at - b.at) as [EntryPlace, EntryPlace];
    if (one.at === two.at) return null;
    const withFields = (at: number, fields: Record<string, string>): string =>
      changed(view.lines[at]!, (record: EntryView) => (record.fields = fields));
    const lines = view.with(one.at, withFields(one.at, two.fields)).toSpliced(two.at, 1, withFields(two.at, one.fields));
    return { lines, expected: { codes: ['entry-altered'], line: one.at + 1, sequence: one.sequence } };
  },

  "entry: replaced by another tenant's": (view, { chance, other }) => {
    const entry = oneOf(chance, view.entries);
    const line = changed(view.lines[entry.at]!, (record: EntryView) => (record.fields = oneOf(chance, other.entries).fields));
    return { lines: view.with(entry.at, line), expected: { codes: ['entry-altered'], line: entry.at + 1, sequence: entry.sequence } };
  },

  'entry: old one smuggled in as not sealed yet': (view, { chance }) => {
    const old = oneOf(chance, view.entries);
    const id = randomUUID();
    const fake = JSON.stringify({ type: 'unsealed', fields: { ...old.fields, id } });
    const at = view.lines.length - 1;
    return { lines: view.lines.toSpliced(at, 0, fake), expected: { codes: ['entry-inserted'], line: at + 1, entryId: id } };
  },
};

type EntryPlace = Parameters<ExportMutation>[0]['entries'][number];
