/** Why a file is no evidence. `part` names the first part that is wrong. */
export type PackFault = 'malformed' | 'signature' | 'key' | 'missing' | 'altered' | 'unlisted' | 'entry' | 'segment' | 'segmentSignature';

/** A pack that does not prove what it says. */
export class PackError extends Error {
  constructor(
    readonly fault: PackFault,
    readonly part: string | null = null,
  ) {
    super(part === null ? `evidence pack: ${fault}` : `evidence pack: ${fault}: ${part}`);
    this.name = 'PackError';
  }
}
