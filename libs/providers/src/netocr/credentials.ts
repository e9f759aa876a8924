import { z } from 'zod';
import { Credential } from '../credential';

/** The account at netocr; both travel in every request body. */
export const NetocrCredentials = z.strictObject({
  key: Credential,
  secret: Credential,
  /** Most of netocr's samples send multipart; two end up urlencoded. */
  encoding: z.enum(['multipart', 'urlencoded']).default('multipart'),
});
export type NetocrCredentials = z.infer<typeof NetocrCredentials>;
