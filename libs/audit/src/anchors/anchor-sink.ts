import type { Anchor } from './anchor';

/** Where anchors go. It is to be off the machine, or on storage that nobody can rewrite. */
export interface AnchorSink {
  /** For the log, such as `file`. */
  readonly name: string;
  /** Resolves once they are safe there; rejects when they may not be, and all are then given to it again. */
  write(anchors: readonly Anchor[]): Promise<void>;
}
