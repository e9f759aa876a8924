import type { PlacedAnchor } from './known-anchors';
import type { AuditPublicKey } from './signing-key';

/** What a verifier has from elsewhere than the box. Without it, an export proves only that it agrees with itself. */
export interface Witnesses {
  /** The keys that may have signed. Without them those that the export declares count. */
  publicKeys?: readonly AuditPublicKey[];
  anchors?: readonly PlacedAnchor[];
}
