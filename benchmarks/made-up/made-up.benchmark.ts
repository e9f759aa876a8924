import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { positive } from '../numeric-option';
import { madeUpDocument } from './made-up-document';

const OPTIONS = {
  out: { type: 'string' },
  count: { type: 'string', default: '200' },
  seed: { type: 'string', default: '1' },
} as const;

/** Bills of made-up data sets are dated before this day, so that the same seed gives the same set in every year. */
const TODAY = '2026-11-22';

/** Numbers of one set; the next seed's begin after them. */
const SET = 100_000;

/** Writes a folder of made-up documents with its truth.json, for `documents --data DIR`: prints that no rule was made by. */
export async function writeMadeUpDocuments(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const { out } = values;
  if (out === undefined) throw new Error('--out DIR is needed: the folder to write into');
  const first = positive('--seed', values.seed) * SET;
  mkdirSync(out, { recursive: true });
  const rows: object[] = [];
  for (let number = first; number < first + positive('--count', values.count); number += 1) {
    const { bytes, row } = await madeUpDocument(number, TODAY);
    writeFileSync(join(out, row.file), bytes);
    rows.push(row);
  }
  writeFileSync(join(out, 'truth.json'), JSON.stringify(rows));
  stdout.write(`${rows.length} documents in ${out}\n`);
  return 0;
}
