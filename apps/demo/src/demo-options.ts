import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '@app/devstack';

/** What was asked on the command line. */
export interface DemoOptions {
  /** Run every sample once, print what came of it, and stop. */
  isOnce: boolean;
  /** Delete what earlier starts kept. */
  isReset: boolean;
  /** Of the api and console; without it 8080, or any free one when running once. */
  port: number | undefined;
  /** Compile from source while loading, instead of running dist/. */
  isFromSource: boolean;
  stateDir: string;
}

/** The command line cannot be understood; the message shows how it may look. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const USAGE = `usage: npm run demo -- [--once] [--reset] [--port N] [--state FOLDER] [--source]
  --once    read and verify every sample, print a table, and stop
  --reset   delete the data of earlier starts first
  --port    port of the console and the API (8080)
  --state   folder for the demo's data (.piaoyan/demo)
  --source  run from source instead of dist/`;

/** Port of the console and the API while the demo stays. */
export const DEFAULT_PORT = 8080;

export function demoOptions(args: string[]): DemoOptions {
  const values = parsed(args);
  const port = values.port ?? (values.once ? undefined : String(DEFAULT_PORT));
  if (port !== undefined && !isPort(port)) throw new UsageError(`--port ${port} is not a port from 1 to 65535\n${USAGE}`);
  return {
    isOnce: values.once,
    isReset: values.reset,
    port: port === undefined ? undefined : Number(port),
    isFromSource: values.source,
    stateDir: values.state ?? join(projectRoot(), '.piaoyan', 'demo'),
  };
}

/** A path as a person in the working directory would type it. */
export function shown(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        once: { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        source: { type: 'boolean', default: false },
        port: { type: 'string' },
        state: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}
