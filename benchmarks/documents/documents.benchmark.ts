import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import type { Reading } from '@app/contracts';
import { OcrEngine, resolvePack } from '@app/ocr';
import { BILL_SHAPES, BillReader, CodeReader, DocumentReader, type PageReader } from '@app/reading';
import { positive } from '../numeric-option';
import { calibrate, claimsOf, sureFields } from './calibration';
import { compareDocument, type DocumentMeasure, wrongInAuto } from './compare-document';
import { chooseDrawn } from './drawing/choose-drawn';
import { drawReading } from './drawing/draw-reading';
import { ENGINE_OFF, EngineOffError } from './engine-off';
import { type ExpectedDocument, readExpectations } from './expected-document';
import { renderReport } from './report';

const OPTIONS = {
  data: { type: 'string', multiple: true },
  files: { type: 'string' },
  models: { type: 'string', default: 'models' },
  workers: { type: 'string', default: String(availableParallelism()) },
  engine: { type: 'string', default: 'on' },
  scope: { type: 'string', default: 'face' },
  split: { type: 'string', default: '' },
  misses: { type: 'boolean', default: false },
  draw: { type: 'string' },
  'draw-count': { type: 'string', default: '12' },
  json: { type: 'boolean', default: false },
} as const;

/** What reads files. */
interface DocumentSubject {
  read(bytes: Buffer): Promise<Reading>;
}

/** A file that was read; without the engine some cannot be. */
interface ReadDocument {
  expected: ExpectedDocument;
  reading: Reading;
  measure: DocumentMeasure;
}

/**
 * Reads every file of each `--data` folder through the whole reader and compares what comes with its truth.json. `--files a,b` reads
 * only those whose names start so, `--scope elements` no more of each than verification needs, `--engine off` only what needs no engine, `--split FORM,FORM` shows the notes of a form apart,
 * `--misses` names what is not right, `--draw DIR` draws `--draw-count` readings spread over the forms, or those named.
 */
export async function runDocumentsBenchmark(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const documents = chosen(values.data ?? [], namesIn(values.files));
  const drawCount = positive('--draw-count', values['draw-count']);
  const { read, unread, pack } = await withReader(values, (reader) => readAll(scoped(reader, values.scope), documents));
  const measures = read.map(({ measure }) => measure);
  stdout.write(
    values.json
      ? `${JSON.stringify(asData(measures, pack))}\n`
      : renderReport(measures, { pack, unread, split: namesIn(values.split), withMisses: values.misses }),
  );
  if (values.draw !== undefined) {
    for (const document of chooseDrawn(read, positionals, drawCount)) await drawReading(document, values.draw);
  }
  return measures.flatMap(wrongInAuto).length > 0 ? 1 : 0;
}

function namesIn(list: string | undefined): string[] {
  return (list ?? '').split(',').filter((name) => name !== '');
}

function chosen(folders: readonly string[], names: readonly string[]): ExpectedDocument[] {
  if (folders.length === 0) throw new Error('--data DIR is needed: a folder of documents or receipts with a truth.json');
  const documents = folders.flatMap(readExpectations);
  const wanted = documents.filter(({ file }) => names.length === 0 || names.some((name) => file.startsWith(name)));
  if (wanted.length === 0) throw new Error('--files names none of the files of --data');
  return wanted;
}

async function withReader<T>(
  { engine, models, workers }: { engine: string; models: string; workers: string },
  run: (reader: BillReader) => Promise<T>,
): Promise<T & { pack: string }> {
  if (engine !== 'on' && engine !== 'off') throw new Error(`--engine must be on or off, not ${engine}`);
  const codes = new CodeReader();
  const documents = new DocumentReader();
  try {
    if (engine === 'off') return { ...(await run(new BillReader(ENGINE_OFF, codes, documents))), pack: 'none: the engine is off' };
    const pack = await resolvePack(models);
    return {
      ...(await withEngine(pack.dir, positive('--workers', workers), (on) => run(new BillReader(on, codes, documents)))),
      pack: pack.name,
    };
  } finally {
    await Promise.all([codes.close(), documents.close()]);
  }
}

async function withEngine<T>(packDir: string, workers: number, run: (engine: PageReader) => Promise<T>): Promise<T> {
  const engine = await OcrEngine.create({ packDir, workers, shapes: BILL_SHAPES, seals: 'read' });
  try {
    return await run(engine);
  } finally {
    await engine.close();
  }
}

/** Reads all of the face, or the elements alone. */
function scoped(reader: BillReader, scope: string): DocumentSubject {
  if (scope !== 'face' && scope !== 'elements') throw new Error(`--scope must be face or elements, not ${scope}`);
  return { read: (bytes) => reader.read(bytes, { scope }) };
}

async function readAll(
  reader: DocumentSubject,
  documents: readonly ExpectedDocument[],
): Promise<{ read: ReadDocument[]; unread: string[] }> {
  // What is read first of each form loads code and warms the engine, which is no file's own time.
  for (const [first] of Map.groupBy(documents, ({ form }) => form).values()) if (first) await readOne(reader, first);
  const read: ReadDocument[] = [];
  const unread: string[] = [];
  for (const expected of documents) {
    const document = await readOne(reader, expected);
    if (document) read.push(document);
    else unread.push(expected.file);
    stderr.write(`\r${read.length + unread.length}/${documents.length} `);
  }
  stderr.write('\n');
  return { read, unread };
}

async function readOne(reader: DocumentSubject, expected: ExpectedDocument): Promise<ReadDocument | null> {
  const bytes = await readFile(expected.path);
  const startedAt = performance.now();
  try {
    const reading = await reader.read(bytes);
    return { expected, reading, measure: compareDocument(expected, reading, performance.now() - startedAt) };
  } catch (error) {
    if (error instanceof EngineOffError) return null;
    throw new Error(`${expected.file} ended the reader`, { cause: error });
  }
}

function asData(measures: readonly DocumentMeasure[], pack: string): object {
  const claims = claimsOf(measures);
  return {
    pack,
    wrongInAuto: measures.flatMap(wrongInAuto),
    calibration: calibrate(claims),
    sureFields: sureFields(claims),
    documents: measures,
  };
}
