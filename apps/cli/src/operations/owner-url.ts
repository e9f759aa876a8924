import { CliConfig, ConfigError, parseConfig } from '@app/config';

/** The owner's connection, which every command that changes the installation needs. */
export function requireOwnerUrl(): string {
  const { PIAOYAN_DATABASE_URL: url } = parseConfig(CliConfig);
  if (url === undefined)
    throw new ConfigError(['PIAOYAN_DATABASE_URL (or PIAOYAN_DATABASE_URL_FILE) is required: the URL of the role piaoyan_owner']);
  return url;
}
