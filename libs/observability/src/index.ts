export { allowedLine } from './allowed-line';
export * from './health/health';
export { HealthController } from './health/health.controller';
export * from './health/health.module';
export * from './json-logger';
export * from './log-fields';
export * from './request-log';
export * from './safe-error';
