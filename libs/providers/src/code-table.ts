import type { CodeEntry } from './dialect';

/** Whatever stands in no table: it may have been charged, and a person must hear of it. */
const UNKNOWN: CodeEntry = { outcome: 'UNKNOWN_CODE', charge: 'unknown', message: '', alert: 'unknownCode' };

/** What each code of a provider means: the documented ones, and those that the operator's configuration adds. */
export class CodeTable {
  private readonly entries: ReadonlyMap<string, CodeEntry>;

  /** A code that stands in both is what the document says. */
  constructor(documented: Readonly<Record<string, CodeEntry>>, added: Readonly<Record<string, CodeEntry>> = {}) {
    this.entries = new Map([...Object.entries(added), ...Object.entries(documented)]);
  }

  /** Codes are compared as exact text: `00` is no `0`. */
  entry(code: string): CodeEntry {
    return this.entries.get(code) ?? UNKNOWN;
  }
}
