/** What an archive may cost: entries, bytes of one entry and of all of them when inflated, and how far an entry may inflate. */
export interface ArchiveLimits {
  maxEntries: number;
  maxEntryBytes: number;
  maxTotalBytes: number;
  /** Inflated bytes for each byte in the archive; small entries are never too dense. */
  maxRatio: number;
}

/**
 * A document's pages and pictures inflate some ten times, a blank bitmap some hundred times; deflate itself ends at a thousand. One entry may
 * take a scan without compression, and all together stay well within a worker's memory.
 */
export const ARCHIVE_LIMITS: Readonly<ArchiveLimits> = {
  maxEntries: 2_000,
  maxEntryBytes: 67_108_864,
  maxTotalBytes: 268_435_456,
  maxRatio: 300,
};

/** Entries that inflate to less than this cannot exhaust anything, however dense they are. */
export const DENSE_BYTES = 1_048_576;
