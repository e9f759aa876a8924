import { z } from 'zod';
import { Credential } from '../credential';
import type { RequestDescription } from './request.schema';

/** The account at a described provider; what its description does not use is not needed. */
export interface GenericCredentials {
  id?: string | undefined;
  secret?: string | undefined;
}

/** Demands what the description uses, so that a missing credential stops the start and not a call. */
export function genericCredentials({ id, secret, signature }: RequestDescription): z.ZodType<GenericCredentials> {
  const signs = (part: 'id' | 'secret'): boolean => signature?.over.includes(part) ?? false;
  const needsId = id !== undefined || signs('id');
  const needsSecret = secret !== undefined || signature !== undefined;
  return z.strictObject({ id: needsId ? Credential : Credential.optional(), secret: needsSecret ? Credential : Credential.optional() });
}
