import { ProblemError, ProcessingBasis } from '@app/contracts';
import type { FastifyRequest } from 'fastify';

/** The headers in which a caller gives consent reference and purpose of processing; their values are percent-encoded UTF-8. */
export const BASIS_HEADERS = {
  consentReference: 'x-piaoyan-consent-reference',
  processingPurpose: 'x-piaoyan-processing-purpose',
} as const;

/** What the caller gives of the two, undefined for nothing. @throws ProblemError `invalid-field` */
export function processingBasis({ headers }: FastifyRequest): ProcessingBasis | undefined {
  const given = {
    consentReference: decoded(headers[BASIS_HEADERS.consentReference]),
    processingPurpose: decoded(headers[BASIS_HEADERS.processingPurpose]),
  };
  if (given.consentReference === null && given.processingPurpose === null) return undefined;
  const basis = ProcessingBasis.safeParse(given);
  if (basis.success) return basis.data;
  throw new ProblemError('invalid-field', { errors: basis.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })) });
}

/** Header values are Latin-1, so a client sends Chinese percent-encoded; one that is not decodable is taken as it stands. */
function decoded(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const text = [header].flat().join(', ');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
