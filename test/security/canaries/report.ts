import { CANARY_KINDS } from './canary';
import type { CanaryResult } from './campaign';
import { ENCODINGS } from './encodings';
import { isTight } from './judgement';
import type { Finding } from './searcher';

const SHOWN = 20;

/** The campaign as a page of Markdown. It names what was found by kind and place, and never repeats it: it may be a secret. */
export function renderCanaries(result: CanaryResult): string {
  const bytes = result.exits.reduce((sum, exit) => sum + exit.bytes, 0);
  const leaks = result.exits.flatMap((exit) => exit.leaks.map((leak) => `${exit.name}: ${shown(leak)}`));
  const faults = result.wires.flatMap((wire) => wire.faults.map((fault) => `${wire.name}: ${fault}`));
  const { planted, missed } = result.plants;
  return [
    `**${isTight(result) ? 'Nothing came out' : 'SOMETHING CAME OUT'}**: ${leaks.length} leaks in ${grouped(bytes)} recorded bytes.`,
    summary(result),
    table(['way out', 'bytes', 'messages', 'canaries that belong there', 'leaks'], result.exits.map(exitRow)),
    table(
      ['taken apart to the last byte', 'whole', 'cut off', 'with something else in it'],
      result.wires.map(({ name, whole, unfinished, faults: found }) => [name, whole, unfinished, found.length].map(String)),
    ),
    list('Leaks', leaks),
    list('Other content', [...new Set(faults)]),
    list('Connections, names, datagrams and programs that nobody expects', [...new Set(result.strays)]),
    `Planted into these records and found: ${planted - missed.length} of ${planted}.`,
    list(
      'Planted and missed',
      missed.map(({ exit, encoding }) => `${exit}: ${encoding}`),
    ),
    table(['canaries of the kind', 'count'], kindRows(result)),
    `Each is looked for as ${ENCODINGS.map(({ name }) => name).join('; ')}; check codes and numbers of bills as whole words. Compressed, base64 and hexadecimal parts are opened first, three deep. Of documents every run of 24 bytes counts.`,
    table(['connections', 'count'], counts(result.connections)),
    table(['killed at random', 'times'], counts(result.kills)),
    table(['what the provider did', 'calls'], counts(result.faults)),
  ].join('\n\n');
}

function summary({
  seed,
  walked,
  counts: { uploaded, read, asked },
  documents,
  provocations,
  people,
  seconds,
  searched,
  recorders,
  stillOpen,
  looks,
}: CanaryResult): string {
  const forms = counts(tally(documents.map(({ form }) => form))).map((pair) => pair.join(' '));
  return [
    `Seed ${seed}, ${seconds} s: ${walked} bills walked, ${uploaded} documents uploaded (${forms.join(', ')}), ${read} read, ${asked} verifications asked, ${stillOpen} of them still open.`,
    `${provocations} bad requests and ${people} people signing in beside them. ${recorders} processes and threads were recorded, and the kernel was asked ${grouped(looks)} times for a process's sockets.`,
    `Looked for: ${grouped(searched.patterns)} byte strings and ${grouped(searched.windows)} places of documents.`,
  ].join(' ');
}

function exitRow({ name, bytes, messages, expected, leaks }: CanaryResult['exits'][number]): string[] {
  return [name, grouped(bytes), grouped(messages), grouped(expected), String(leaks.length)];
}

function kindRows({ canaries }: CanaryResult): string[][] {
  const byKind = tally(canaries.all.map(({ kind }) => kind));
  return CANARY_KINDS.map((kind) => [kind, String(byKind[kind] ?? 0)]);
}

const shown = ({ kind, encoding, at }: Finding): string => `${kind} as ${encoding} at byte ${at}`;
const grouped = (count: number): string => count.toLocaleString('en-US');
const tally = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));
const counts = (of: Record<string, number>): string[][] =>
  Object.entries(of)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, count]) => [name, String(count)]);
const list = (title: string, lines: readonly string[]): string =>
  `${title}: ${lines.length === 0 ? 'none' : lines.slice(0, SHOWN).join('; ')}.`;

function table(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
