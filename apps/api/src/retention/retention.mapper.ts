import type { ErasureProofPage, LegalHoldPage, LegalHoldView, RetentionView } from '@app/contracts';
import type { ErasureProof, LegalHold, RetentionRules } from '@app/privacy';

/** The rules as the API shows them. */
export function toRetentionView({ version, days, setBy, setAt }: RetentionRules): RetentionView {
  return { version, days, setBy, setAt: setAt?.toISOString() ?? null };
}

/** A page of proofs. */
export function toErasureProofPage({ items, next }: { items: readonly ErasureProof[]; next: string | null }): ErasureProofPage {
  return { items: items.map((proof) => ({ ...proof, erasedAt: proof.erasedAt.toISOString() })), next };
}

/** A hold, standing or released. */
export function toLegalHoldView({ placedAt, released, ...hold }: LegalHold): LegalHoldView {
  return { ...hold, placedAt: placedAt.toISOString(), released: released && { ...released, at: released.at.toISOString() } };
}

/** A page of holds. */
export function toLegalHoldPage({ items, next }: { items: readonly LegalHold[]; next: string | null }): LegalHoldPage {
  return { items: items.map(toLegalHoldView), next };
}
