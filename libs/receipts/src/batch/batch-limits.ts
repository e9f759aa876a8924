/**
 * Bounds of one batch: bytes of the archive, and entries in its list. macOS writes two entries for each file, so that at least two hundred
 * documents fit. The archive is in memory while it is taken apart, in a process that is given less than a gigabyte.
 */
export const BATCH_LIMITS = { maxBytes: 104_857_600, maxEntries: 400 } as const;
