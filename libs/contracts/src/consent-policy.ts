import { z } from 'zod';
import { ConsentReference, ProcessingPurpose } from './processing-basis';

const Terms = z.strictObject({
  /** Uploads, verifications and batches that bring no consent reference are refused. */
  demandsReference: z.boolean(),
  /** Stands where a request brings none: the number of a general consent or another legal basis. It names no person. */
  defaultReference: ConsentReference.nullable(),
  /** Stands where a request names no purpose. */
  defaultPurpose: ProcessingPurpose.nullable(),
});

/** What a tenant wants to know, before it processes anything, of the right to do so; and what it says of it by default. */
export type ConsentTerms = z.infer<typeof Terms>;

/** The policy that stands. Version 0 is that of a tenant that has none of its own: nothing is demanded, nothing said by default. */
export const ConsentPolicyView = Terms.extend({
  version: z.int().min(0),
  setBy: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  setAt: z.iso.datetime().nullable(),
});
export type ConsentPolicyView = z.infer<typeof ConsentPolicyView>;

/** Another policy, all of it. `basedOn` is the version that was seen: who saw an older one than stands is refused. It needs a second person. */
export const ConsentPolicyRequest = Terms.extend({ basedOn: z.int().min(0) }).refine(
  ({ demandsReference, defaultReference }) => !demandsReference || defaultReference === null,
  { message: 'must be null where each request has to bring a reference', path: ['defaultReference'] },
);
export type ConsentPolicyRequest = z.infer<typeof ConsentPolicyRequest>;
