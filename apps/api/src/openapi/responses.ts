import { type Problem, PROBLEMS, ProblemError, type ProblemCode } from '@app/contracts';
import { problemBody } from '../http/problem-body';
import { schemaRef, type SchemaName } from './json-schemas';

const EXAMPLE_ID = '9f3ac1d2e4b7';

/** A JSON answer of a named schema, with an example where one helps. */
export function json(description: string, name: SchemaName, example?: unknown): object {
  return { description, content: { 'application/json': { schema: schemaRef(name), ...(example === undefined ? {} : { example }) } } };
}

/** The problem answers of an operation, one per status, each with an example per code. */
export function problems(...codes: ProblemCode[]): Record<string, object> {
  const everywhere: ProblemCode[] = ['unauthenticated', 'forbidden', 'rate-limited', 'internal-error', 'unavailable'];
  const all = [...codes, ...everywhere];
  const statuses = [...new Set(all.map((code) => PROBLEMS[code].status))];
  return Object.fromEntries(
    statuses.map((status) => [String(status), problemAnswer(all.filter((code) => PROBLEMS[code].status === status))]),
  );
}

function problemAnswer(codes: readonly ProblemCode[]): object {
  const description = codes.map((code) => PROBLEMS[code].message.en).join(' · ');
  const examples = Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }]));
  return { description, content: { 'application/problem+json': { schema: schemaRef('Problem'), examples } } };
}

function exampleOf(code: ProblemCode): Problem {
  const errors = code === 'invalid-field' ? [{ field: 'elements.checkCode', message: 'must be 6 letters or digits' }] : [];
  return problemBody(new ProblemError(code, { errors }), EXAMPLE_ID);
}
