import type { Certificates } from '../certificates/certificates';
import type { StackDatabase } from './stack-database';
import type { StackFolders } from './stack-folders';

/** The processes of a stack, in the order in which they are started; they are stopped in the opposite one. */
export const STACK_PROCESSES = ['sandbox', 'egress', 'worker', 'api'] as const;
export type StackProcessName = (typeof STACK_PROCESSES)[number];

/** Loopback ports of one stack; a worker serves only its health. */
export interface StackPorts {
  api: number;
  worker: number;
  egress: number;
  egressHealth: number;
  sandbox: number;
}

export interface SettingsInput {
  folders: StackFolders;
  ports: StackPorts;
  database: StackDatabase;
  certificates: Certificates;
  hashKey: string;
  masterKey: string;
  modelsDir: string;
  consoleDir?: string;
}

/** The environment variables of each process. */
export function stackSettings(input: SettingsInput): Record<StackProcessName, Record<string, string>> {
  const { folders, ports, database, certificates, hashKey, masterKey } = input;
  const shared = { PIAOYAN_STORAGE_DIR: folders.storage, PIAOYAN_HASH_KEY: hashKey, PIAOYAN_MASTER_KEY: masterKey };
  return {
    api: {
      ...shared,
      PIAOYAN_DATABASE_URL: database.apiUrl,
      PIAOYAN_HTTP_PORT: String(ports.api),
      // A stack is on the loopback address, where browsers take no Secure cookie over HTTP.
      PIAOYAN_SESSION_PLAIN_HTTP: 'true',
      // Whoever tries the demo has no authenticator at hand; administrators need one all the same.
      PIAOYAN_SECOND_FACTOR: 'administrators',
      // Benchmarks and fault campaigns send all they can with one key.
      PIAOYAN_API_KEY_CALLS_PER_SECOND: '10000',
      ...(input.consoleDir === undefined ? {} : { PIAOYAN_CONSOLE_DIR: input.consoleDir }),
    },
    worker: {
      ...shared,
      PIAOYAN_DATABASE_URL: database.workerUrl,
      PIAOYAN_HEALTH_PORT: String(ports.worker),
      PIAOYAN_MODELS: input.modelsDir,
      PIAOYAN_EGRESS_URL: `https://127.0.0.1:${ports.egress}`,
      PIAOYAN_EGRESS_CA_FILE: certificates.caFile,
      PIAOYAN_EGRESS_CERT_FILE: certificates.worker.certFile,
      PIAOYAN_EGRESS_KEY_FILE: certificates.worker.keyFile,
    },
    egress: {
      PIAOYAN_EGRESS_PORT: String(ports.egress),
      PIAOYAN_HEALTH_PORT: String(ports.egressHealth),
      PIAOYAN_TLS_CERT_FILE: certificates.egress.certFile,
      PIAOYAN_TLS_KEY_FILE: certificates.egress.keyFile,
      PIAOYAN_TLS_CLIENT_CA_FILE: certificates.caFile,
      PIAOYAN_EGRESS_JOURNAL_DIR: folders.journal,
      PIAOYAN_EGRESS_PROVIDERS_FILE: folders.providersFile,
    },
    sandbox: {
      PIAOYAN_SANDBOX_PORT: String(ports.sandbox),
      PIAOYAN_SANDBOX_BOOK_FILE: folders.bookFile,
      PIAOYAN_SANDBOX_RECORD_DIR: folders.records,
    },
  };
}

/** Where each process says that it is ready. */
export function readyUrl(name: StackProcessName, ports: StackPorts): string {
  const port = { api: ports.api, worker: ports.worker, egress: ports.egressHealth, sandbox: ports.sandbox }[name];
  return `http://127.0.0.1:${port}/health/ready`;
}
