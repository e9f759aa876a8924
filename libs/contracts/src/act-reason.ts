import { z } from 'zod';

/** One line in which a person says why. */
export const ActReason = z
  .string()
  .trim()
  .min(1, 'say why')
  .max(500)
  .regex(/^\P{Cc}*$/u, 'must be one line of text');
