import { BROKER_URL, ServerBroker } from './server-broker';

declare global {
  var piaoyanServerBroker: ServerBroker | undefined;
}

/** Jest calls it once, before the test files start. */
export default async function globalSetup(): Promise<void> {
  globalThis.piaoyanServerBroker = new ServerBroker();
  process.env[BROKER_URL] = await globalThis.piaoyanServerBroker.listen();
}
