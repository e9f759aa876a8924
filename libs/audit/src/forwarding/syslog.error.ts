/** Why messages may not have arrived: none of them counts as delivered. */
export type SyslogFailure = 'unreachable' | 'untrusted' | 'timeout' | 'broken';

/** Messages were not surely received. They are to be sent again. */
export class SyslogError extends Error {
  constructor(
    readonly failure: SyslogFailure,
    options?: ErrorOptions,
  ) {
    super(`syslog receiver: ${failure}`, options);
    this.name = 'SyslogError';
  }
}
