import type { ProcessingBasis } from '@app/contracts';

/**
 * What a basis adds to the words of a request that are hashed for its idempotency key, so that a repeat on another basis is another request.
 * Nothing where none was given: keys that are in use stay good.
 */
export function basisWords(basis: ProcessingBasis | undefined): readonly string[] {
  return basis === undefined ? [] : [JSON.stringify([basis.consentReference, basis.processingPurpose])];
}
