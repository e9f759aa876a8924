import { ProblemError, Purpose as PurposeText } from '@app/contracts';
import type { Scope } from '@app/tenancy';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedRequest } from './authenticated-request';

/** The header that names why personal fields are to be seen; its value is percent-encoded UTF-8. `?purpose=` says the same. */
export const PURPOSE_HEADER = 'x-piaoyan-purpose';

const UNMASK: Scope = 'personal.unmask';

/**
 * Why the caller wants to see personal fields unmasked; null where it does not ask to, and is shown them masked. Who asks without the
 * right is refused, rather than answered with asterisks that look like the bill's own.
 */
export const Purpose = createParamDecorator((_data: unknown, context: ExecutionContext): string | null => {
  const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
  const named = namedPurpose(request);
  if (named === undefined) return null;
  if (request.authentication?.scopes.has(UNMASK) !== true) throw new ProblemError('forbidden');
  const purpose = PurposeText.safeParse(named);
  if (purpose.success) return purpose.data;
  const errors = purpose.error.issues.map(({ message }) => ({ field: 'purpose', message }));
  throw new ProblemError('invalid-field', { errors });
});

function namedPurpose({ headers, query }: AuthenticatedRequest): unknown {
  const header = headers[PURPOSE_HEADER];
  if (header === undefined) return (query as Record<string, unknown> | null)?.purpose;
  return typeof header === 'string' ? decoded(header) : header;
}

/** Header values are Latin-1, so a client sends Chinese percent-encoded; one that is not decodable is taken as it stands. */
function decoded(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}
