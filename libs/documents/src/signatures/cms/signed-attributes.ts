import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import type { ReadSignedData } from './read-signed-data';
import { Time } from '@peculiar/asn1-x509';

const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_TIME = '1.2.840.113549.1.9.5';

/** What a signer signed in place of the content itself. */
export interface SignedAttributes {
  /** The bytes under the signature: the attributes as a SET, as RFC 5652 asks, and not under the tag that they are sent with. */
  signed: Buffer;
  messageDigest: Buffer;
  signingTime: Date | null;
}

/** The attributes of a signer that has some. Throws for malformed ones, and for those that lack the digest or state it twice. */
export function readSignedAttributes({ signerInfo, attributes }: ReadSignedData): SignedAttributes | null {
  const { signedAttrs } = signerInfo;
  if (!signedAttrs && !attributes) return null;
  if (!signedAttrs || !attributes) throw new RangeError('the signed attributes are malformed');
  const valueOf = (type: string): ArrayBuffer | null => {
    const found = signedAttrs.filter(({ attrType }) => attrType === type).flatMap(({ attrValues }) => attrValues);
    if (found.length > 1) throw new RangeError('a signed attribute stands twice');
    return found[0] ?? null;
  };
  const digest = valueOf(MESSAGE_DIGEST);
  if (!digest) throw new RangeError('the signed attributes lack the digest');
  const time = valueOf(SIGNING_TIME);
  return {
    signed: asSet(attributes),
    messageDigest: Buffer.from(AsnConvert.parse(digest, OctetString).buffer),
    signingTime: time ? AsnConvert.parse(time, Time).getTime() : null,
  };
}

function asSet(raw: Buffer): Buffer {
  const set = Buffer.from(raw);
  set[0] = 0x31;
  return set;
}
