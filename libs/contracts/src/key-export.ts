import { z } from 'zod';
import { ActReason } from './approval';

const Suite = z.enum(['standard', 'sm']);
/** Classes of data keys; what is sealed with each is told in docs/operations/keys.md. */
const KeyClass = z.enum(['original', 'detail', 'personal', 'secret', 'search']);
/** Far above any tenant's: one generation a day of each class for ten years. */
const MAX_KEYS = 20_000;
const base64 = z.base64().max(2 ** 21);

/** Asks for data keys of the tenant to be handed to the holder of a private key. */
export const KeyExportRequest = z.strictObject({
  /** The recipient's public key, as `piaoyan keys recipient` prints it: `x25519:` or `sm2:` and base64url. */
  recipient: z.string().regex(/^(x25519|sm2):[A-Za-z0-9_-]{1,100}$/, 'must be a recipient as "piaoyan keys recipient" prints it'),
  classes: z
    .array(KeyClass)
    .min(1)
    .refine((classes) => new Set(classes).size === classes.length, 'must not name a class twice'),
  reason: ActReason,
});
export type KeyExportRequest = z.infer<typeof KeyExportRequest>;

/** What a package of keys says of itself; authentic once it was opened. */
export const KeyPackageHead = z.strictObject({
  format: z.literal('piaoyan-key-package/1'),
  /** By which algorithms the package is sealed: those of the recipient's key. */
  suite: Suite,
  /** Fingerprint of the recipient: 16 hexadecimal digits. */
  recipient: z.string().regex(/^[0-9a-f]{16}$/),
  tenantId: z.uuid(),
  tenantName: z.string().max(500),
  /** The approval by which it was made. */
  approvalId: z.uuid(),
  exportedAt: z.iso.datetime(),
  keys: z
    .array(
      z.strictObject({
        class: KeyClass,
        generation: z.int().min(1).max(0xffffffff),
        suite: Suite,
        state: z.enum(['active', 'retired']),
        createdAt: z.iso.datetime(),
      }),
    )
    .min(1)
    .max(MAX_KEYS),
});
export type KeyPackageHead = z.infer<typeof KeyPackageHead>;

/** Data keys of a tenant on their way to a recipient. No key is in it in clear: the recipient alone opens it. */
export const KeyPackage = KeyPackageHead.extend({
  /** X25519: the sender's public key of this package. SM2: the encrypted secret, C1, C3 and C2. */
  encapsulated: base64,
  /** The keys, 32 bytes each in the order of the list, sealed with all that the head says. */
  sealed: base64,
});
export type KeyPackage = z.infer<typeof KeyPackage>;
