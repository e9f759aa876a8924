import { z } from 'zod';
import { CodeTable } from '../code-table';
import type { ProviderDialect } from '../dialect';
import { unreadableReply } from '../result';
import { genericCredentials, type GenericCredentials } from './credentials';
import type { GenericDescription } from './description';
import { decodeGenericReply } from './reply';
import { encodeGenericRequest } from './request';

/** A call to the generic provider was to be written, and no description says how. */
export class ProviderNotDescribedError extends Error {
  override readonly name = 'ProviderNotDescribedError';
  constructor() {
    super('the generic provider is not described');
  }
}

/** The dialect that a description makes. Without one nothing can be sent, and no reply can be understood. */
export function genericDialect(description: GenericDescription | undefined): ProviderDialect<GenericCredentials> {
  if (!description) return UNDESCRIBED;
  const { request, reply } = description;
  const codes = new CodeTable(reply.codes);
  return {
    id: 'generic',
    credentials: genericCredentials(request),
    encodeRequest: (credentials, elements, now) => encodeGenericRequest(request, credentials, elements, now),
    decodeReply: (upstream) => decodeGenericReply(reply, codes, upstream),
  };
}

const UNDESCRIBED: ProviderDialect<GenericCredentials> = {
  id: 'generic',
  credentials: z.custom<GenericCredentials>(() => false, 'needs PIAOYAN_GENERIC_PROVIDER_FILE, which describes the provider'),
  encodeRequest: () => {
    throw new ProviderNotDescribedError();
  },
  decodeReply: unreadableReply,
};
