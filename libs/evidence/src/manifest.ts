import { createHash } from 'node:crypto';
import { SUITE_NAMES } from '@app/crypto';
import { z } from 'zod';
import type { PackPart } from './stored-zip';

export const FORMAT = 'piaoyan-evidence/1';
export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';
export const PUBLIC_KEY = 'public-key.pem';
export const SUMS = 'sha256sums';

/** What a pack holds, about which bill, when and by whom it was made. Its bytes are what is signed. */
export const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  tenantId: z.uuid(),
  bill: z.strictObject({ id: z.uuid(), billCode: z.string(), billNumber: z.string() }),
  madeAt: z.iso.datetime(),
  /** Drawn at random, so that the manifest's hash, which the audit keeps in clear, confirms no guess at what a part says. */
  nonce: z.uuid(),
  madeBy: z.strictObject({ type: z.string(), id: z.string(), name: z.string() }),
  suite: z.enum(SUITE_NAMES),
  keyId: z.string(),
  parts: z.array(z.strictObject({ name: z.string(), bytes: z.int().min(0), sha256: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

/** The entry of a part in the manifest. */
export function listed({ name, bytes }: PackPart): Manifest['parts'][number] {
  return { name, bytes: bytes.length, sha256: sha256(bytes) };
}

/** In lower-case hexadecimal. Whatever the suite: every expert has a tool for it. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
