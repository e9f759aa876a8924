import { parentPort, workerData } from 'node:worker_threads';
import { parseTable } from './parse-table';
import { TableError } from './table.error';
import type { TableOrder, TableReply } from './table-protocol';

const port = parentPort;
if (!port) throw new Error('this file runs in a worker thread only');

void answer(workerData as TableOrder).then((reply) => port.postMessage(reply));

/** A refusal is an answer. Anything else that is thrown ends the thread. */
async function answer({ bytes, limits }: TableOrder): Promise<TableReply> {
  try {
    return { table: await parseTable(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), limits) };
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    return { refusal: { code: error.code, message: error.message } };
  }
}
