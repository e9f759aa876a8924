import { AUDIT_SUITES } from './audit-suite';
import type { LinkRecord } from './export-record';
import type { FindingCode } from './finding';
import type { HeldAgainst } from './held-against';
import { linkHash } from './segment';

/** What is wrong with a link of the chain over all tenants: in itself, behind the one before, in its signature, against anchors; or null. */
export function linkFault(link: LinkRecord, { last, keys, anchors }: HeldAgainst): FindingCode | null {
  const content = { ...link, segmentHash: Buffer.from(link.segmentHash, 'hex'), previousHash: Buffer.from(link.previousHash, 'hex') };
  if (linkHash(AUDIT_SUITES[link.suite], content).toString('hex') !== link.hash) return 'segment-altered';
  const follows = last === null ? (link.number === 1) === (link.previousHash === '') : link.previousHash === last.hash;
  if (!follows) return 'segment-chain';
  const signature = keys.examine({ ...link, linkHash: link.hash });
  if (signature !== null) return signature;
  return anchors.agreesWith({ ...link, linkHash: link.hash }) ? null : 'anchor-differs';
}
