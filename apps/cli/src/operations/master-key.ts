import { CliConfig, ConfigError, parseConfig } from '@app/config';

/** The installation's master keys, under which what is personal is sealed. @throws ConfigError when they are not set */
export function requireMasterKey(): string {
  const { PIAOYAN_MASTER_KEY: key } = parseConfig(CliConfig);
  if (key === undefined)
    throw new ConfigError(['PIAOYAN_MASTER_KEY (or PIAOYAN_MASTER_KEY_FILE) is required: the key that api and worker use']);
  return key;
}
