import { type Problem, PROBLEMS, type ProblemError } from '@app/contracts';

/** The body of a problem answer. */
export function problemBody(problem: ProblemError, id: string): Problem {
  const { status, message } = PROBLEMS[problem.code];
  return {
    type: `urn:piaoyan:problem:${problem.code}`,
    title: message.en,
    status,
    code: problem.code,
    detail: problem.message,
    message,
    field: problem.errors[0]?.field ?? null,
    errors: problem.errors.map(({ field, message: reason }) => ({ field, message: reason })),
    id,
  };
}
