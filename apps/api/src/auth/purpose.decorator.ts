import { ProblemError, Purpose as PurposeText } from '@app/contracts';
import type { Scope } from '@app/tenancy';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedRequest } from './authenticated-request';

/** The header that names why something is to be seen; its value is percent-encoded UTF-8. No address says it: addresses are logged on their way. */
export const PURPOSE_HEADER = 'x-piaoyan-purpose';

const UNMASK: Scope = 'personal.unmask';
const REVIEW: Scope = 'receipt.review';

/**
 * Why the caller wants to see personal fields unmasked; null where it does not ask to, and is shown them masked. Who asks without the
 * right is refused, rather than answered with asterisks that look like the bill's own.
 */
export const Purpose = createParamDecorator((_data: unknown, context: ExecutionContext): string | null => {
  const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
  const isAsked = request.headers[PURPOSE_HEADER] !== undefined;
  if (isAsked && request.authentication?.scopes.has(UNMASK) !== true) throw new ProblemError('forbidden');
  return namedPurpose(request);
});

/** Why the caller wants to see an image, and whether a review that it has open may say so instead. */
export const ViewPurpose = createParamDecorator(
  (_data: unknown, context: ExecutionContext): { purpose: string | null; isReviewer: boolean } => {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    return { purpose: namedPurpose(request), isReviewer: request.authentication?.scopes.has(REVIEW) === true };
  },
);

/** @throws ProblemError `invalid-field` */
function namedPurpose({ headers }: AuthenticatedRequest): string | null {
  const header = headers[PURPOSE_HEADER];
  if (header === undefined) return null;
  const purpose = PurposeText.safeParse(typeof header === 'string' ? decoded(header) : header);
  if (purpose.success) return purpose.data;
  const errors = purpose.error.issues.map(({ message }) => ({ field: 'purpose', message }));
  throw new ProblemError('invalid-field', { errors });
}

/** Header values are Latin-1, so a client sends Chinese percent-encoded; one that is not decodable is taken as it stands. */
function decoded(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}
