import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Table } from './table';
import { TableError } from './table.error';
import { TABLE_LIMITS, type TableLimits } from './table-limits';
import type { TableOrder, TableReply } from './table-protocol';

/** JavaScript objects of the thread: a table of 10,000 rows leaves some twenty MiB of them. */
const HEAP_MIB = 192;
const YOUNG_HEAP_MIB = 32;

/** 10,000 rows take a tenth of a second of an idle core. */
const DEADLINE_MS = 30_000;

/** How the thread is started where it is not compiled: a TypeScript loader. */
const SOURCE_ARGV = ['--require', '@swc-node/register'];

/** One file at a time: what several would hold together is bounded as one is. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Reads an XLSX workbook's first visible sheet or a CSV file as a table of texts, exactly as they are stored: numbers as exact decimals, dates
 * as `YYYY-MM-DD`. Nothing is padded or repaired. It is done in a thread with bounded memory, so that a large or hostile file holds up nobody.
 * @throws TableError
 */
export async function readTable(bytes: Uint8Array, limits: Partial<TableLimits> = {}): Promise<Table> {
  const bounds = { ...TABLE_LIMITS, ...limits };
  if (bytes.length > bounds.maxBytes) throw new TableError('too-large', `the file has more than ${bounds.maxBytes} bytes`);
  const mine = turn.then(() => readInThread({ bytes: new Uint8Array(bytes), limits: bounds }));
  turn = mine.catch(() => null);
  return mine;
}

async function readInThread(order: TableOrder): Promise<Table> {
  const reply = await replyOf(order);
  if ('refusal' in reply) throw new TableError(reply.refusal.code, reply.refusal.message);
  return reply.table;
}

function replyOf(order: TableOrder): Promise<TableReply> {
  const { promise, resolve, reject } = Promise.withResolvers<TableReply>();
  const extension = extname(__filename);
  const worker = new Worker(join(__dirname, `table.worker${extension}`), {
    env: {},
    workerData: order,
    transferList: [order.bytes.buffer as ArrayBuffer],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB, maxYoungGenerationSizeMb: YOUNG_HEAP_MIB },
    ...(extension === '.ts' && { execArgv: SOURCE_ARGV }),
  });
  // What a parser prints may quote what it parses.
  worker.stdout.resume();
  worker.stderr.resume();
  const timer = setTimeout(() => reject(new TableError('too-large', `the table was not read after ${DEADLINE_MS} ms`)), DEADLINE_MS);
  worker.once('message', resolve);
  worker.once('error', (error) => reject(lossOf(error)));
  worker.once('exit', () => reject(new TableError('damaged', 'the thread that reads tables ended before it answered')));
  return promise.finally(() => {
    clearTimeout(timer);
    void worker.terminate();
  });
}

function lossOf(error: unknown): TableError {
  const isMemory = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (isMemory) return new TableError('too-large', `the table needs more than ${HEAP_MIB} MiB to be read`);
  return new TableError('damaged', 'the table cannot be read', { cause: error });
}
