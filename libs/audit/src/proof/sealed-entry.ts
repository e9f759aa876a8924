import type { AuditSuite } from './audit-suite';
import { canonicalBytes } from './canonical-encoding';
import { LEAF_PREFIX } from './merkle-tree';

/** An entry's columns by name, each as text exactly as PostgreSQL gives it. What is empty is left out. */
export type EntryFields = Readonly<Record<string, string>>;

const FORMAT = 'piaoyan-audit-entry/1';

/**
 * The leaf that stands for an entry. Each field goes in with its name, in the order of names: a column that is added later and empty in
 * older entries changes no older leaf.
 */
export function leafHash(suite: AuditSuite, sequence: number, fields: EntryFields): Buffer {
  const values = [FORMAT, suite.name, String(sequence)];
  for (const name of namesOf(fields)) {
    const value = fields[name];
    if (value) values.push(name, value);
  }
  return suite.hash(canonicalBytes(LEAF_PREFIX, values));
}

function namesOf(fields: EntryFields): string[] {
  const names = Object.keys(fields);
  const isSorted = names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
  // By code units, as `sort` does unless told: no language's order.
  return isSorted ? names : names.sort();
}
