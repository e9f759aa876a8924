export { createCertificates, type CertificateFiles, type Certificates } from './certificates/certificates';
export { setUpModels } from './models/model-setup';
export { ModelsError } from './models/models.error';
export { freePort, freePorts, isPortFree } from './network/free-port';
export {
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './postgres/embedded-postgres';
export { EmbeddedPostgresError } from './postgres/postgres.error';
export { ManagedProcess, type Ending, type ProcessSpec } from './process/managed-process';
export { AlreadyRunningError, PortTakenError, ProcessError } from './process/process.error';
export { projectRoot } from './project-root';
export { startDatabase } from './stack/stack-database';
export { Stack } from './stack/stack';
export type { StackDatabase } from './stack/stack-database';
export type { StackFolders } from './stack/stack-folders';
export { STACK_PROCESSES, type StackPorts, type StackProcessName } from './stack/stack-settings';
export { resetStack, startStack, type StackOptions } from './stack/start-stack';
export type { ProviderLimits, SandboxBill } from './stack/provider-files';
