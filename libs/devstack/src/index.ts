export { createCertificates, type CertificateFiles, type Certificates } from './certificates/certificates';
export { freePort, isPortFree } from './network/free-port';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './postgres/embedded-postgres';
export { EmbeddedPostgresError } from './postgres/postgres.error';
export { removeLastingHome } from './postgres/server-home';
