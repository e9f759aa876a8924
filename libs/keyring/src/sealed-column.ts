import type { DataClass } from './data-class';
import type { KeyHolder } from './data-keys';
import type { Keyring, SealPlace } from './keyring';

/** A row as the database gives it: the names of columns, and their values. */
export type SealedRow = Readonly<Record<string, unknown>>;

/** A sealed column, and where its values belong. Each room lists its own. */
export interface PlacedColumn {
  /** `table.column`. */
  name: string;
  place: (row: SealedRow) => SealPlace;
}

/** A sealed column whose plain values may be shown to whoever they are of; what is on no such list stays closed to whoever goes by them. */
export interface SealedColumn extends PlacedColumn {
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

/** The class of a column's values, and the columns of the row that tell their places: the same for every row. */
export function shapeOf({ place }: PlacedColumn): { dataClass: DataClass; reads: string[] } {
  const reads = new Set<string>();
  const anyRow: SealedRow = new Proxy({}, { get: (_, column) => (reads.add(String(column)), '0') });
  const { dataClass } = place(anyRow);
  return { dataClass, reads: [...reads] };
}

/** A column of the row as text, such as its id. */
export function textOf(row: SealedRow, column: string): string {
  const value = row[column];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new RangeError(`the row has no ${column}`);
}
