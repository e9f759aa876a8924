/** What may be settled by hand in a day on one person's word, in 毫: the tenant's own limit where it has one, within the installation's. */
export function settlementLimit(ownHao: bigint | null, ceilingHao: bigint): bigint {
  return ownHao === null || ownHao > ceilingHao ? ceilingHao : ownHao;
}

/** Whether one more call may be settled on one person's word. A limit of zero lets nobody settle alone, not even what costs nothing. */
export function isWithinLimit(settledHao: bigint, hao: bigint, limitHao: bigint): boolean {
  return limitHao > 0n && settledHao + hao <= limitHao;
}
