/** The embedded PostgreSQL could not be prepared or started; the message says what was tried, what it answered and what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}
