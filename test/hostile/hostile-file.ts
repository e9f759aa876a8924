/** A file made to harm whoever reads it, and the ways its reading may end, as `FuzzRun` names them. */
export interface HostileFile {
  name: string;
  make: () => Buffer | Promise<Buffer>;
  ends: readonly string[];
}

/** What a document ends in that is opened and has nothing on it that a bill has. */
export const HARMLESS = ['refused: blank-page', 'refused: not-a-bill'] as const;
