import { createHash, createHmac } from 'node:crypto';

/** Of an account at an object store. */
export interface BucketCredentials {
  keyId: string;
  secret: string;
}

/** A request that is to be signed. Names of headers are in small letters. */
export interface StoreRequest {
  method: 'PUT' | 'HEAD' | 'GET';
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body in hexadecimal. */
  bodyHash: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SERVICE = 's3';

export const sha256Hex = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text, 'utf8').digest();

/**
 * The headers of a request with its signature, as stores that speak S3 ask for it: Signature Version 4
 * (docs.aws.amazon.com, "Authenticating Requests: Using the Authorization Header").
 */
export function signedHeaders(
  request: StoreRequest,
  { credentials, region, at }: { credentials: BucketCredentials; region: string; at: Date },
): Record<string, string> {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.url.host,
    'x-amz-content-sha256': request.bodyHash,
    'x-amz-date': time,
  };
  const names = Object.keys(headers).sort();
  const signed = names.join(';');
  const lines = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join('');
  const canonical = [request.method, pathOf(request.url), queryOf(request.url), lines, signed, request.bodyHash].join('\n');
  const scope = `${day}/${region}/${SERVICE}/aws4_request`;
  const key = [region, SERVICE, 'aws4_request'].reduce(hmac, hmac(`AWS4${credentials.secret}`, day));
  const signature = hmac(key, [ALGORITHM, time, scope, sha256Hex(canonical)].join('\n')).toString('hex');
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${credentials.keyId}/${scope},SignedHeaders=${signed},Signature=${signature}`,
  };
}

/** Everything but letters, digits and `-._~` is in hexadecimal. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** Encoded once, as for this service. */
function pathOf({ pathname }: URL): string {
  return pathname
    .split('/')
    .map((part) => encoded(decodeURIComponent(part)))
    .join('/');
}

function queryOf({ searchParams }: URL): string {
  return [...searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
}
