export * from './api.config';
export { availableCores } from './available-cores';
export * from './cli.config';
export * from './config.error';
export * from './egress.config';
export * from './parse-config';
export type { Environment } from './read-variables';
export * from './sandbox.config';
export * from './worker.config';
