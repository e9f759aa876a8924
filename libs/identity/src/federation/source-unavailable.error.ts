/** A provider or directory cannot be asked: it is down, too slow, has the wrong certificate, or is not what the settings say. */
export class SourceUnavailableError extends Error {
  constructor(
    readonly sourceId: string,
    /** The system's or the library's code, for the log; never a piece of what was said. */
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`the identity source ${sourceId} cannot be asked: ${reason}`, options);
    this.name = 'SourceUnavailableError';
  }
}

/** The code of whatever failed, followed to its cause. */
export function reasonOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return error instanceof Error ? error.name : 'unknown';
}
