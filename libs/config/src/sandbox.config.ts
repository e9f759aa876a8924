import { z } from 'zod';
import { host, logLevel, path, port } from './fields';

/** Settings of the providers' sandbox, which is never part of a production installation. */
export const SandboxConfig = z.strictObject({
  PIAOYAN_LOG_LEVEL: logLevel(),
  PIAOYAN_SANDBOX_HOST: host(),
  PIAOYAN_SANDBOX_PORT: port(8090),
  PIAOYAN_SANDBOX_BOOK_FILE: path(),
  /** Folder in which every received request is kept as it came. */
  PIAOYAN_SANDBOX_RECORD_DIR: path().optional(),
  /** `no` where very many calls are made: requests are then numbered and not kept. */
  PIAOYAN_SANDBOX_KEEP_REQUESTS: z
    .enum(['yes', 'no'], 'must be yes or no')
    .default('yes')
    .transform((answer) => answer === 'yes'),
  /** Description of the generic provider, which is played only when it is given. */
  PIAOYAN_GENERIC_PROVIDER_FILE: path().optional(),
});
export type SandboxConfig = Readonly<z.infer<typeof SandboxConfig>>;
