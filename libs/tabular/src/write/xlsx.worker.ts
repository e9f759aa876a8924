import { parentPort, workerData } from 'node:worker_threads';
import type { Row } from './column';
import { makeXlsx } from './make-xlsx';
import type { EmptySheet, XlsxRequest } from './xlsx-protocol';

const port = parentPort;
if (!port) throw new Error('this file runs in a worker thread only');

const sheets = (workerData as readonly EmptySheet[]).map((sheet) => ({ ...sheet, rows: [] as Row[] }));

port.on('message', (request: XlsxRequest) => {
  if (request !== 'end') sheets[request.sheet]?.rows.push(...request.rows);
  else void makeXlsx(sheets).then((bytes) => port.postMessage(new Uint8Array(bytes)));
});
