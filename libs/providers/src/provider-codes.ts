import { Charge, Outcome, ProviderId } from '@app/contracts';
import { z } from 'zod';
import { PROVIDERS } from './providers';

/** A code that a provider sends and does not document. It can never be a verdict: only a documented code says what a bill is worth. */
const AddedCode = z.strictObject({
  outcome: Outcome.exclude(['MATCH', 'MISMATCH', 'NOT_FOUND']),
  charge: Charge,
  message: z.string().min(1).max(200),
});

const Code = z.string().regex(/^[\x21-\x7e]{1,32}$/, 'must be 1 to 32 printable characters without blanks');

const tableOf = (provider: ProviderId) =>
  z
    .record(Code, AddedCode)
    .refine((table) => Object.keys(table).length <= 200, 'must be at most 200 codes')
    .superRefine((table, context) => {
      const documented = PROVIDERS[provider].codes;
      for (const code of Object.keys(table)) {
        if (documented === null || Object.hasOwn(documented, code)) {
          const message = documented === null ? 'belongs into the description of the provider' : 'is documented and cannot be changed';
          context.addIssue({ code: 'custom', path: [code], message });
        }
      }
    })
    .optional();

/**
 * Codes that an installation adds to the documented ones, by provider: what providers send for wrong credentials, an empty balance or a
 * blocked address is not documented, and comes to be known in use.
 */
export const ProviderCodes = z.strictObject(
  Object.fromEntries(ProviderId.options.map((provider) => [provider, tableOf(provider)])) as Record<ProviderId, ReturnType<typeof tableOf>>,
);
export type ProviderCodes = z.infer<typeof ProviderCodes>;
