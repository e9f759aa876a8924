import type { LoggerService, LogLevel as NestLevel } from '@nestjs/common';
import { type DestinationStream, pino, type Logger as Pino } from 'pino';
import { allowedLine } from './allowed-line';
import { safeError } from './safe-error';

/** Which process speaks, how much, and where to: standard output unless told. */
export interface JsonLoggerOptions {
  process: string;
  level: string;
  destination?: DestinationStream;
}

/**
 * One JSON object a line, in UTC. Only the fields of `LOG_FIELDS` are written: no bodies, no headers, no query strings, no parameters. A line
 * that was given others says how many were dropped.
 * `app.useLogger(new JsonLogger(...))` makes it the logger of all Nest code.
 */
export class JsonLogger implements LoggerService {
  private readonly pino: Pino;
  private dropped = 0;

  constructor({ process: name, level, destination }: JsonLoggerOptions) {
    const options = {
      level,
      base: { process: name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
      serializers: { err: safeError },
    };
    this.pino = destination ? pino(options, destination) : pino(options);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** How many fields were dropped since the start: any is a fault of the program. */
  get droppedFields(): number {
    return this.dropped;
  }

  setLogLevels(_levels: NestLevel[]): void {
    // The level is the operator's setting, not the framework's.
  }

  /** Nest hands on the message or the facts, for some errors a stack, and last the context. */
  private write(level: 'info' | 'warn' | 'error' | 'fatal' | 'debug' | 'trace', message: unknown, rest: unknown[]): void {
    const context = rest.at(-1);
    const { line, dropped } = allowedLine({ ...(typeof context === 'string' ? { context } : {}), ...factsOf(message, rest) });
    this.dropped += dropped;
    this.pino[level](dropped === 0 ? line : { ...line, dropped });
  }
}

/** Every line has a message of ours: without one, pino would take the error's own, which is not safe. */
function factsOf(message: unknown, rest: unknown[]): object {
  if (message instanceof Error) return { err: message, msg: message.name };
  if (typeof message === 'object' && message !== null) return { msg: '', ...message };
  const err = rest.find((one) => one instanceof Error);
  return { ...(err === undefined ? {} : { err }), msg: String(message) };
}
