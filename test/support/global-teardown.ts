import './global-setup';

/** Jest calls it once, after the last test file: PostgreSQL stops, if it was started at all. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.piaoyanServerBroker?.close();
}
