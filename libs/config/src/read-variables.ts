import { readFileSync } from 'node:fs';
import { CLOSED_FILES, openness } from './secret-file';
import { isServiceLink } from './service-link';

/** Environment of a process, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Values by variable name; what was given as a file has been read. */
export interface Variables {
  values: ReadonlyMap<string, string>;
  unknown: readonly string[];
  problems: readonly string[];
}

const PREFIX = 'PIAOYAN_';
const FILE = '_FILE';

/** Collects the product's variables. A variable `X` may be given as `X_FILE`, the path of a file that holds its value. */
export function readVariables(env: Environment, known: ReadonlySet<string>): Variables {
  const values = new Map<string, string>();
  const unknown: string[] = [];
  const problems: string[] = [];
  for (const [name, value] of Object.entries(env)) {
    // Compose and shells pass a variable that is not set as an empty one.
    if (!name.startsWith(PREFIX) || value === undefined || value === '' || isServiceLink(name, value)) continue;
    const target = name.endsWith(FILE) && !known.has(name) ? name.slice(0, -FILE.length) : name;
    if (!known.has(target)) unknown.push(name);
    else if (target === name) values.set(name, value);
    else if (env[target]) problems.push(`${target} and ${name} are both set: give one of them`);
    else readInto(values, problems, target, name, value);
  }
  return { values, unknown, problems };
}

function readInto(values: Map<string, string>, problems: string[], target: string, name: string, path: string): void {
  try {
    const complaint = CLOSED_FILES.has(target) ? openness(path) : null;
    if (complaint === null) values.set(target, readFileSync(path, 'utf8').trim());
    else problems.push(`${name}: the file is open to others (${complaint})`);
  } catch (error) {
    problems.push(`${name}: the file cannot be read (${String((error as NodeJS.ErrnoException).code)})`);
  }
}
