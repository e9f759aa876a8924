/** What of an error may stand in a log. */
export interface SafeError {
  type: string;
  message: string;
  /** The database's or the system's code, such as 23505 or ECONNREFUSED. */
  code?: string;
  /** Name of the database constraint or table that refused. */
  constraint?: string;
  table?: string;
  stack: string[];
  cause?: SafeError;
}

const MAX_CAUSES = 5;

/**
 * Picks from an error what is safe to keep. A database error is told by its code: its message and its parameters hold values of
 * rows, elements of bills among them.
 */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no error was thrown', stack: [] };
  const database = databaseFacts(error);
  const code = database?.code ?? textOf(error, 'code');
  return {
    type: error.name,
    message: database ? 'the database refused a statement' : error.message,
    ...(code === undefined ? {} : { code }),
    ...(database?.constraint === undefined ? {} : { constraint: database.constraint }),
    ...(database?.table === undefined ? {} : { table: database.table }),
    stack: framesOf(error),
    ...(error.cause === undefined || depth >= MAX_CAUSES ? {} : { cause: safeError(error.cause, depth + 1) }),
  };
}

/** A driver's error has an SQLSTATE and a severity; TypeORM wraps it together with the statement and its parameters. */
function databaseFacts(error: Error): { code?: string; constraint?: string; table?: string } | undefined {
  const driverError = 'driverError' in error && error.driverError instanceof Error ? error.driverError : error;
  if (textOf(driverError, 'severity') === undefined && driverError === error) return undefined;
  return { code: textOf(driverError, 'code'), constraint: textOf(driverError, 'constraint'), table: textOf(driverError, 'table') };
}

function textOf(error: Error, key: string): string | undefined {
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : undefined;
}

/** Frames only: the head of a stack repeats the message. */
function framesOf(error: Error): string[] {
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at '));
}
