import type { z } from 'zod';
import { closestName } from './closest-name';
import { ConfigError } from './config.error';
import { KNOWN_VARIABLES } from './known-variables';
import { type Environment, readVariables } from './read-variables';

/**
 * Reads a process's settings once, before anything else starts. The schema's keys are the variables' names.
 * A variable with our prefix that no process knows is an error: a typing error must not become an outage.
 * @throws ConfigError with every problem in one message
 */
export function parseConfig<S extends z.ZodObject>(schema: S, env: Environment = process.env): Readonly<z.infer<S>> {
  const own = Object.keys(schema.shape);
  const known = [...new Set([...own, ...KNOWN_VARIABLES])];
  const variables = readVariables(env, new Set(known));
  const input = Object.fromEntries(own.map((name) => [name, variables.values.get(name)]));
  const parsed = schema.safeParse(input);
  const problems = [...variables.unknown.map((name) => unknownProblem(name, known)), ...variables.problems];
  if (!parsed.success) problems.push(...ownProblems(parsed.error, input, variables.problems));
  if (problems.length > 0 || !parsed.success) throw new ConfigError(problems);
  return deepFreeze(parsed.data);
}

function unknownProblem(name: string, known: readonly string[]): string {
  const suggestion = closestName(name, known);
  return `${name} is not a setting${suggestion === undefined ? '' : `: did you mean ${suggestion}?`}`;
}

/** A variable whose file could not be read has been complained about already; that it is missing too would mislead. */
function ownProblems(error: z.ZodError, input: Record<string, unknown>, told: readonly string[]): string[] {
  return error.issues
    .map((issue) => ({ name: String(issue.path[0]), rule: issue.message }))
    .filter(({ name }) => !told.some((problem) => problem.includes(name)))
    .map(({ name, rule }) => (input[name] === undefined ? `${name} is required` : `${name}: ${rule}`));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
