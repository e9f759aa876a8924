import { z } from 'zod';
import { ReplyDescription } from './reply.schema';
import { RequestDescription } from './request.schema';

/**
 * A provider described by configuration, such as a bank's own link to a finance platform. The same file is read by egress, which writes
 * requests, and by the worker, which reads replies. It holds no credential.
 */
export const GenericDescription = z.strictObject({ request: RequestDescription, reply: ReplyDescription });
export type GenericDescription = z.infer<typeof GenericDescription>;
