import { KNOWN_VARIABLES } from './known-variables';
import { type Environment, readVariables } from './read-variables';

/** Settings whose values say something of the installation's size and switches, and nothing of its network, its people or its secrets. */
const SHOWN =
  /_(LEVEL|WORKERS|PROVIDERS|PRECISION|QUEUES|WINDOW|MAX_BYTES|MAX_PIXELS|MAX_ROWS|AT_ONCE|SECONDS|PER_SECOND|ORDER|DEFAULT_PROVIDER|GET|STATUS|AS_STRING)$/;
/** What a shown value may look like; anything else is `set`, whatever its name. */
const PLAIN = /^[A-Za-z0-9,._ -]{1,100}$/;

/** Each known variable that is set: its value where that is harmless, else only that it is set. Wrong settings are shown, too. */
export function settingsShown(env: Environment = process.env): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const name of KNOWN_VARIABLES) {
    const value = env[name];
    if (value === undefined && env[`${name}_FILE`] !== undefined) shown[name] = 'set by a file';
    else if (value !== undefined && value !== '') shown[name] = SHOWN.test(name) && PLAIN.test(value) ? value : 'set';
  }
  return shown;
}

/** The database's URL, however wrong the other settings are: who asks for help may have no valid ones. */
export function databaseUrlIfSet(env: Environment = process.env): string | undefined {
  return readVariables(env, new Set(KNOWN_VARIABLES)).values.get('PIAOYAN_DATABASE_URL');
}
