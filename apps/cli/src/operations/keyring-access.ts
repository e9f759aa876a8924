import { CliConfig, ConfigError, parseConfig } from '@app/config';
import type { KeyringOptions } from '@app/keyring';

/** The installation's master keys and suite. @throws ConfigError naming what is not set */
export function keyringAccess(): KeyringOptions {
  const { PIAOYAN_MASTER_KEY: masterKey, PIAOYAN_CRYPTO_SUITE: suite } = parseConfig(CliConfig);
  if (masterKey === undefined)
    throw new ConfigError(['PIAOYAN_MASTER_KEY (or PIAOYAN_MASTER_KEY_FILE) is required: the keys that api and worker use']);
  return { masterKey, suite };
}
