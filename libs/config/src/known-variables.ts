import { ApiConfig } from './api.config';
import { CliConfig } from './cli.config';
import { EgressConfig } from './egress.config';
import { SandboxConfig } from './sandbox.config';
import { WorkerConfig } from './worker.config';

/**
 * Every variable that some process reads. A process tolerates its neighbours' variables, because one machine or one
 * environment file often serves several; it tolerates no other with our prefix.
 */
export const KNOWN_VARIABLES: readonly string[] = [
  ...new Set([ApiConfig, WorkerConfig, EgressConfig, SandboxConfig, CliConfig].flatMap((schema) => Object.keys(schema.shape))),
];
