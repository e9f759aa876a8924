import { z } from 'zod';
import { MULTIPART_BOUNDARY } from './wire/boundary';

// Printable ASCII only: a line break in a credential could forge a part of the form.
const Credential = z
  .string()
  .regex(/^[\x21-\x7e]{1,256}$/, 'must be 1 to 256 printable characters without blanks')
  .refine((value) => !value.includes(MULTIPART_BOUNDARY), 'must not hold the form boundary');

/** The account at netocr; both travel in every request body. */
export const NetocrCredentials = z.strictObject({
  key: Credential,
  secret: Credential,
  /** Most of netocr's samples send multipart; two end up urlencoded. */
  encoding: z.enum(['multipart', 'urlencoded']).default('multipart'),
});
export type NetocrCredentials = z.infer<typeof NetocrCredentials>;

/** The account at jumdata; the secret signs and never leaves. */
export const JumdataCredentials = z.strictObject({
  appId: Credential,
  appSecret: Credential,
  /** The service's page names the day `kqrq`; its sister services say `kprq`. */
  dateParameter: z.enum(['kqrq', 'kprq']).default('kqrq'),
});
export type JumdataCredentials = z.infer<typeof JumdataCredentials>;

/** Credentials by provider. */
export interface ProviderCredentials {
  netocr: NetocrCredentials;
  jumdata: JumdataCredentials;
}
