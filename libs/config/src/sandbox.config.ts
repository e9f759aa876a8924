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
});
export type SandboxConfig = Readonly<z.infer<typeof SandboxConfig>>;
