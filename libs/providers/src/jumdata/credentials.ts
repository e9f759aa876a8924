import { z } from 'zod';
import { Credential } from '../credential';

/** The account at jumdata; the secret signs and never leaves. */
export const JumdataCredentials = z.strictObject({
  appId: Credential,
  appSecret: Credential,
  /** The service's page names the day `kqrq`; its sister services say `kprq`. */
  dateParameter: z.enum(['kqrq', 'kprq']).default('kqrq'),
});
export type JumdataCredentials = z.infer<typeof JumdataCredentials>;
