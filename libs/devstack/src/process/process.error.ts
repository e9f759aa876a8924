/** A process of the stack did not start, died, or did not become ready; the message ends with its last log lines. */
export class ProcessError extends Error {
  override readonly name = 'ProcessError';
}
