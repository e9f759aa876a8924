import { createHash } from 'node:crypto';
import { type Anchor, anchorLine } from '../anchor';
import { anchorFileName } from '../anchor-file-name';
import type { AnchorSink } from '../anchor-sink';
import { BucketError } from './bucket.error';
import { sha256Hex } from './request-signature';
import type { StoreAnswer, StoreConnection } from './store-connection';

/** Where in a bucket, and for how long. */
export interface AnchorBucket {
  /** `https://host/bucket`, and a prefix of the names behind it if there is one. */
  url: string;
  /** Days that nobody may remove or change an object, the account's owner included. */
  days: number;
}

const DAY_MS = 86_400_000;
const MODE = 'COMPLIANCE';
/** Stores keep times to the second or the millisecond. */
const ROUNDING_MS = 1_000;

/**
 * An object for each writing, in a bucket of a store that speaks S3 and locks objects. The lock is asked for with the object and looked at
 * afterwards: a store that takes the object and ignores the lock has not taken the anchors.
 */
export class BucketAnchorSink implements AnchorSink {
  readonly name = 'bucket';

  constructor(
    private readonly bucket: AnchorBucket,
    private readonly connection: Pick<StoreConnection, 'send'>,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async write(anchors: readonly Anchor[]): Promise<void> {
    const at = this.now();
    const until = new Date(at.getTime() + this.bucket.days * DAY_MS);
    const url = new URL(`${this.bucket.url.replace(/\/+$/, '')}/${anchorFileName(at)}`);
    const body = Buffer.from(anchors.map((anchor) => `${anchorLine(anchor)}\n`).join(''));
    const taken = await this.connection.send({ method: 'PUT', url, headers: lockHeaders(body, until), body });
    if (taken.status !== 200) throw new BucketError('refused', `status ${taken.status} to PUT`);
    const version = taken.headers['x-amz-version-id'];
    if (typeof version === 'string') url.searchParams.set('versionId', version);
    const kept = await this.connection.send({ method: 'HEAD', url, headers: {}, body: Buffer.alloc(0) });
    refuseUnlocked(kept, body.length, until);
  }
}

/** Stores refuse a lock without a checksum of the body; some know only the older of the two. */
function lockHeaders(body: Buffer, until: Date): Record<string, string> {
  return {
    'content-type': 'application/jsonl',
    'content-md5': createHash('md5').update(body).digest('base64'),
    'x-amz-checksum-sha256': Buffer.from(sha256Hex(body), 'hex').toString('base64'),
    'x-amz-object-lock-mode': MODE,
    'x-amz-object-lock-retain-until-date': until.toISOString(),
  };
}

/** @throws BucketError for an object that is not there, is another one, or could be removed before its time */
function refuseUnlocked({ status, headers }: StoreAnswer, bytes: number, until: Date): void {
  if (status !== 200) throw new BucketError('refused', `status ${status} to HEAD`);
  if (Number(headers['content-length']) !== bytes) throw new BucketError('refused', 'the object has another length');
  const keptUntil = Date.parse(String(headers['x-amz-object-lock-retain-until-date'] ?? ''));
  const isLocked = headers['x-amz-object-lock-mode'] === MODE && keptUntil >= until.getTime() - ROUNDING_MS;
  if (!isLocked) throw new BucketError('unlocked', 'the bucket must lock objects, and the account must be allowed to see the lock');
}
