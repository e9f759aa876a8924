import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiBench } from '../support/api-bench';

/** Every row of every table, as PostgreSQL writes it as text: bytes in hexadecimal. The list of tables is the database's own. */
export async function everyRow(bench: ApiBench): Promise<{ table: string; text: string }[]> {
  const tables = await bench.rows<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const rows: { table: string; text: string }[] = [];
  for (const { name } of tables) {
    for (const { text } of await bench.rows<{ text: string }>(`select t::text as text from ${name} t`)) rows.push({ table: name, text });
  }
  return rows;
}

/** The bytes of every file below a folder. */
export async function everyFile(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
}

/** In which tables a text stands, be it as text, escaped as in JSON, or as bytes. */
export function tablesWith(rows: readonly { table: string; text: string }[], text: string): string[] {
  const forms = [
    text,
    JSON.stringify(text).slice(1, -1),
    escaped(text),
    Buffer.from(text).toString('hex'),
    Buffer.from(text).toString('base64'),
  ];
  const found = rows.filter((row) => forms.some((form) => row.text.includes(form)));
  return [...new Set(found.map(({ table }) => table))];
}

/** As JSON may write it in ASCII alone. */
function escaped(text: string): string {
  return Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
}

/**
 * The bytes, and beside them what stands in them in base64 or hexadecimal, taken apart over and over: a text in JSON in base64 in JSON is found.
 */
export function unfolded(bytes: Buffer, depth = 3): Buffer {
  const runs = depth === 0 ? [] : (bytes.toString('latin1').match(/[A-Za-z0-9+/_-]{8,}/g) ?? []);
  const inside = runs.flatMap((run) => [Buffer.from(run, 'base64'), ...(/^[0-9a-f]+$/i.test(run) ? [Buffer.from(run, 'hex')] : [])]);
  return Buffer.concat([bytes, ...inside.map((piece) => unfolded(piece, depth - 1))]);
}
