import type { KeyHolder } from './data-keys';
import type { Keyring, SealPlace } from './keyring';

/** A row as the database gives it: the names of columns, and their values. */
export type SealedRow = Readonly<Record<string, unknown>>;

/** A sealed column, and how its values are opened. Each room lists its own; what is on no list stays closed to whoever goes by them. */
export interface SealedColumn {
  /** `table.column`. */
  name: string;
  place: (row: SealedRow) => SealPlace;
  /** What the plain bytes are: `bytes` are given in base 64. */
  form: 'text' | 'json' | 'bytes';
}

/** The plain value of the column in a row; null stays null. @throws UnsealError */
export async function openColumn(
  keyring: Keyring,
  holder: KeyHolder,
  { name, place, form }: SealedColumn,
  row: SealedRow,
): Promise<unknown> {
  const sealed = row[name.slice(name.indexOf('.') + 1)];
  if (sealed === null) return null;
  if (!Buffer.isBuffer(sealed)) throw new RangeError(`${name} holds no sealed value`);
  const plain = await keyring.open(holder, place(row), sealed);
  if (form === 'bytes') return plain.toString('base64');
  return form === 'json' ? (JSON.parse(plain.toString()) as unknown) : plain.toString();
}

/** A column of the row as text, such as its id. */
export function textOf(row: SealedRow, column: string): string {
  const value = row[column];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new RangeError(`the row has no ${column}`);
}
