import { z } from 'zod';
import { MULTIPART_BOUNDARY } from './wire/boundary';

/** One credential. Printable ASCII only: a line break in a credential could forge a part of the form, or a header. */
export const Credential = z
  .string()
  .regex(/^[\x21-\x7e]{1,256}$/, 'must be 1 to 256 printable characters without blanks')
  .refine((value) => !value.includes(MULTIPART_BOUNDARY), 'must not hold the form boundary');
