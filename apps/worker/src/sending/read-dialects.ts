import { readFileSync } from 'node:fs';
import { GenericDescription, parseSettingsFile, ProviderCodes, ProviderDialects } from '@app/providers';

/**
 * The dialects of this installation, read once at the start.
 * @throws SettingsFileError, so that a mistake in a file stops the start and not a reply
 */
export function readDialects(codesFile: string | undefined, genericFile: string | undefined): ProviderDialects {
  return new ProviderDialects({
    codes: codesFile === undefined ? undefined : parseSettingsFile(codesFile, readFileSync(codesFile, 'utf8'), ProviderCodes),
    generic: genericFile === undefined ? undefined : parseSettingsFile(genericFile, readFileSync(genericFile, 'utf8'), GenericDescription),
  });
}
