/**
 * Every field that a log line may have, by what its value is. A `word` is an id, a code or a name that the product itself gave; nothing that
 * a bill, a person or a provider's reply says. What is not named here is dropped and counted.
 */
export const LOG_FIELDS = {
  msg: 'word',
  context: 'word',
  err: 'error',
  requestId: 'word',
  method: 'word',
  route: 'word',
  status: 'number',
  durationMs: 'number',
  code: 'word',
  fields: 'words',
  reason: 'word',
  rules: 'words',
  count: 'number',
  url: 'word',
  host: 'word',
  port: 'number',
  health: 'word',
  address: 'word',
  queues: 'words',
  providers: 'words',
  bills: 'number',
  ocr: 'facts',
  trustedRoots: 'facts',
  job: 'word',
  jobId: 'word',
  attempt: 'number',
  tries: 'number',
  attemptId: 'word',
  provider: 'word',
  state: 'word',
  outcome: 'word',
  origin: 'word',
  charge: 'word',
  alert: 'word',
  httpStatus: 'number',
  sizeB: 'number',
  kept: 'number',
  replayed: 'word',
  retryAfterMs: 'number',
  skewSeconds: 'number',
  credentialId: 'word',
  unknownFields: 'number',
  act: 'word',
  loginHash: 'word',
  refusedCount: 'number',
  oldestSeconds: 'number',
  heads: 'number',
  segments: 'number',
  entries: 'number',
  failure: 'word',
  clientAddress: 'word',
  refusedSinceStart: 'number',
  source: 'word',
  unknown: 'number',
  cause: 'word',
  sinks: 'words',
} as const satisfies Record<string, LogFieldKind>;

/** What a field's value may be. `facts`: an object or a list that the process says of itself at its start. */
export type LogFieldKind = 'word' | 'words' | 'number' | 'error' | 'facts';
export type LogField = keyof typeof LOG_FIELDS;

/** Whether a log line may have a field of this name. */
export function isLogField(name: string): name is LogField {
  return Object.hasOwn(LOG_FIELDS, name);
}
