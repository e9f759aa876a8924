/** A process of the stack did not start, died, or did not become ready; the message ends with its last log lines. */
export class ProcessError extends Error {
  override readonly name = 'ProcessError';
}

/** A wanted port is held by another program. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  constructor(readonly port: number) {
    super(`port ${port} is taken by another program`);
  }
}

/** Another supervisor runs on the same data. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';
  constructor(readonly pid: number) {
    super(`already running on this data, as process ${pid}: stop it first, or use its address`);
  }
}
