import { type AnchorSink, BucketAnchorSink, FileAnchorSink, StoreConnection, SyslogAnchorSink, SyslogTransport } from '@app/audit';
import { ConfigError } from '@app/config';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { type ForwardingSettings, receiverOf } from '../forwarding/forwarding.module';

/** Where this worker may write anchors; what is not set is undefined or null. */
export interface AnchorPlaces {
  directory: string | undefined;
  siem: ForwardingSettings | null;
  bucket: BucketSettings;
}

interface BucketSettings {
  url: string | undefined;
  keyId: string | undefined;
  secret: string | undefined;
  region: string;
  caFile: string | undefined;
  days: number;
}

/** @throws ConfigError for a bucket without its account, and for a receiver by plain TCP that nobody allowed */
export function anchorSinks({ directory, siem, bucket }: AnchorPlaces): AnchorSink[] {
  return [
    ...(directory === undefined ? [] : [new FileAnchorSink(directory)]),
    ...(siem === null ? [] : [new SyslogAnchorSink(new SyslogTransport(receiverOf(siem)), hostname())]),
    ...(bucket.url === undefined ? [] : [bucketSink(bucket, bucket.url)]),
  ];
}

function bucketSink({ keyId, secret, region, caFile, days }: BucketSettings, url: string): AnchorSink {
  if (keyId === undefined || secret === undefined)
    throw new ConfigError(['PIAOYAN_AUDIT_ANCHOR_BUCKET needs PIAOYAN_AUDIT_ANCHOR_BUCKET_KEY_ID and PIAOYAN_AUDIT_ANCHOR_BUCKET_SECRET']);
  const ca = caFile === undefined ? undefined : readFileSync(caFile, 'utf8');
  return new BucketAnchorSink({ url, days }, new StoreConnection({ credentials: { keyId, secret }, region, ca }));
}
