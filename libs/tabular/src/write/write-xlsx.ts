import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { workerFile } from '../thread/worker-file';
import { makeXlsx } from './make-xlsx';
import type { Sheet } from './sheet';
import type { XlsxRequest } from './xlsx-protocol';

/** A workbook of so many cells takes some ten milliseconds, as long as a thread takes to start. */
const CELLS_WITHOUT_THREAD = 5_000;
const ROWS_PER_MESSAGE = 500;

/** One workbook at a time: what several would hold together is bounded as one is. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * A workbook. Texts and dates are text cells, which keep their zeros and are never taken for formulas; amounts and integers are numbers, which
 * can be summed, as long as a spreadsheet's number keeps every digit. A large one is made in a thread, so that it holds up nobody.
 */
export async function writeXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  const cells = sheets.reduce((sum, { columns, rows, blankRows = 0 }) => sum + columns.length * (rows.length + blankRows), 0);
  if (cells <= CELLS_WITHOUT_THREAD) return makeXlsx(sheets);
  const mine = turn.then(() => madeInThread(sheets));
  turn = mine.catch(() => null);
  return mine;
}

async function madeInThread(sheets: readonly Sheet[]): Promise<Buffer> {
  const { file, options } = workerFile(join(__dirname, 'xlsx.worker'), __filename);
  const worker = new Worker(file, { ...options, workerData: sheets.map(({ rows: _, ...sheet }) => sheet) });
  worker.stdout.resume();
  worker.stderr.resume();
  const made = new Promise<Uint8Array>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread that makes workbooks ended (${code})`)));
  });
  try {
    await Promise.race([made, send(worker, sheets)]);
    return Buffer.from(await made);
  } finally {
    await worker.terminate();
  }
}

/** Hands the rows over some at a time, with room for others in between. */
async function send(worker: Worker, sheets: readonly Sheet[]): Promise<void> {
  const post = (request: XlsxRequest): void => worker.postMessage(request);
  for (const [sheet, { rows }] of sheets.entries()) {
    for (let at = 0; at < rows.length; at += ROWS_PER_MESSAGE) {
      post({ sheet, rows: rows.slice(at, at + ROWS_PER_MESSAGE) });
      await setImmediate();
    }
  }
  post('end');
}
