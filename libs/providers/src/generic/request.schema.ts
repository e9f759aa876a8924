import { ELEMENT_NAMES } from '@app/contracts';
import { z } from 'zod';
import { isReservedPath } from './reserved-path';

/*
 * What a request may be made of: the five elements, the account's credentials, constants and the moment of sending. There is no word for
 * anything else, so no description can make the gateway send more.
 */

/** A field of the body; in a JSON body `bill.code` is `code` inside of `bill`. */
const FieldName = z
  .string()
  .regex(/^[A-Za-z_][\w-]{0,39}(\.[A-Za-z_][\w-]{0,39}){0,3}$/, 'must be a field name such as billCode or bill.code')
  .refine((name) => !isReservedPath(name), 'is a reserved name');

/** Headers that make up the message itself, or that speak to what lies between. */
const FRAMING =
  /^(host|content-.*|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|cookie|referer|user-agent|forwarded|via|proxy-.*|x-forwarded-.*)$/i;
const HeaderName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, 'must be a header name such as X-Api-Key')
  .refine((name) => !FRAMING.test(name), 'is a header of the message itself');

/** Where a part of the account stands. */
export const Slot = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('field'), name: FieldName }),
  z.strictObject({
    in: z.literal('header'),
    name: HeaderName,
    /** Written before the value, such as `Bearer ` or `APPCODE `. */
    prefix: z
      .string()
      .regex(/^[\x20-\x7e]{0,32}$/, 'must be up to 32 printable characters')
      .default(''),
  }),
]);
export type Slot = z.infer<typeof Slot>;

/** What a signature is computed over: parts of the request as they are sent, or a constant text between them. */
const SignedPart = z.union([
  z.enum(['id', 'secret', 'timestamp', ...ELEMENT_NAMES]),
  z.strictObject({ text: z.string().regex(/^[\x20-\x7e]{1,32}$/, 'must be 1 to 32 printable characters') }),
]);
export type SignedPart = z.infer<typeof SignedPart>;

const Signature = z.strictObject({
  at: Slot,
  /** `hmacSha256` has the account's secret as its key; `sha256` must have the secret among what it is computed over. */
  algorithm: z.enum(['hmacSha256', 'sha256']),
  /** Joined without a separator. */
  over: z.array(SignedPart).min(1).max(24),
  encoding: z.enum(['hex', 'upperHex', 'base64']).default('hex'),
});

const Constant = z.union([z.string().regex(/^[^\p{Cc}]{0,64}$/u, 'must be up to 64 characters'), z.int(), z.boolean()]);

const Fields = z.strictObject({
  /** Absolute path on the provider's origin. Never a query, which would put elements into access logs. */
  path: z.string().regex(/^\/[A-Za-z0-9._~/-]{0,200}$/, 'must be an absolute path without a query'),
  method: z.literal('POST').default('POST'),
  body: z.enum(['json', 'form']),
  /** The field of each element; all are sent as text. */
  elements: z.strictObject({
    billCode: FieldName,
    billNumber: FieldName,
    checkCode: FieldName,
    issueDate: FieldName,
    totalAmount: FieldName,
  }),
  dateForm: z.enum(['YYYY-MM-DD', 'YYYYMMDD']).default('YYYY-MM-DD'),
  /** The same at every call, such as a version or the number of a service. */
  constants: z
    .record(FieldName, Constant)
    .refine((constants) => Object.keys(constants).length <= 16, 'must be at most 16')
    .default({}),
  id: Slot.optional(),
  secret: Slot.optional(),
  timestamp: z
    .strictObject({ at: Slot, form: z.enum(['epochMilliseconds', 'epochSeconds', 'YYYYMMDDHHmmss']).default('epochMilliseconds') })
    .optional(),
  signature: Signature.optional(),
});

/** How a request is written. */
export const RequestDescription = Fields.superRefine((request, context) => {
  for (const message of problemsOf(request)) context.addIssue({ code: 'custom', message });
});
export type RequestDescription = z.infer<typeof RequestDescription>;

function problemsOf(request: z.infer<typeof Fields>): string[] {
  const problems = [...clashesOf(request)];
  const { signature, timestamp } = request;
  if (!request.id && !request.secret && !signature) problems.push('sends no credential: describe id, secret or signature');
  if (!signature) return problems;
  if (signature.over.includes('timestamp') && !timestamp) problems.push('signs a timestamp that it does not send');
  const holdsSecret = signature.over.includes('secret');
  if (signature.algorithm === 'sha256' && !holdsSecret) problems.push('signs without the secret');
  return problems;
}

/** Two things in one place: the later would silently replace the earlier. */
function clashesOf(request: z.infer<typeof Fields>): string[] {
  const slots = [request.id, request.secret, request.timestamp?.at, request.signature?.at].filter((slot) => slot !== undefined);
  const inBody = slots.filter((slot) => slot.in === 'field').map((slot) => slot.name);
  const fields = [...Object.values(request.elements), ...Object.keys(request.constants), ...inBody].sort();
  const headers = slots.filter((slot) => slot.in === 'header').map((slot) => slot.name.toLowerCase());
  const isNested = (outer: string, inner: string): boolean => request.body === 'json' && inner.startsWith(`${outer}.`);
  const clashing = [
    ...fields.filter((name, at) => fields.some((other, place) => place !== at && (other === name || isNested(name, other)))),
    ...headers.filter((name, at) => headers.indexOf(name) !== at),
  ];
  return [...new Set(clashing)].map((name) => `has two things in ${name}`);
}
