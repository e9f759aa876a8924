import type { Anchor } from '../anchors/anchor';

/** What an anchor and a record must have in common. */
export interface Anchored {
  number: number;
  segmentHash: string;
  linkHash: string;
  keyId: string | null;
}

/** An anchor and the line of its file. */
export interface PlacedAnchor {
  anchor: Anchor;
  line: number;
}

/** The anchors of one chain, by the number that they name. */
export class KnownAnchors {
  private readonly byNumber = new Map<number, Anchor[]>();
  /** Number of the furthest; 0 without any. */
  readonly furthest: number;

  /** `tenantId` null: the chain over all tenants. */
  constructor(anchors: readonly PlacedAnchor[], tenantId: string | null) {
    let furthest = 0;
    for (const { anchor } of anchors) {
      if (anchor.tenantId !== tenantId) continue;
      const same = this.byNumber.get(anchor.number);
      if (same === undefined) this.byNumber.set(anchor.number, [anchor]);
      else same.push(anchor);
      furthest = Math.max(furthest, anchor.number);
    }
    this.furthest = furthest;
  }

  /** Whether an anchor of this number is of another segment. */
  contradict(number: number, segmentHash: string): boolean {
    return (this.byNumber.get(number) ?? []).some((anchor) => anchor.segmentHash !== segmentHash);
  }

  /** Whether every anchor of this number is of this very record; true where there is none. */
  agreesWith({ number, segmentHash, linkHash, keyId }: Anchored): boolean {
    const anchors = this.byNumber.get(number) ?? [];
    return anchors.every((anchor) => anchor.segmentHash === segmentHash && anchor.linkHash === linkHash && anchor.keyId === keyId);
  }
}
