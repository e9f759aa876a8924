import { digestAlgorithm, type DigestAlgorithm } from '../algorithms/digest-algorithm';

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const OLD = 'http://www.w3.org/2000/09/xmldsig#';

const SIGNATURES: ReadonlyMap<string, string> = new Map([
  [`${MORE}rsa-sha256`, '1.2.840.113549.1.1.11'],
  [`${MORE}rsa-sha384`, '1.2.840.113549.1.1.12'],
  [`${MORE}rsa-sha512`, '1.2.840.113549.1.1.13'],
  [`${MORE}ecdsa-sha256`, '1.2.840.10045.4.3.2'],
  [`${MORE}ecdsa-sha384`, '1.2.840.10045.4.3.3'],
  [`${MORE}ecdsa-sha512`, '1.2.840.10045.4.3.4'],
  [`${OLD}rsa-sha1`, '1.2.840.113549.1.1.5'],
]);

const DIGESTS: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'SHA256'],
  [`${MORE}sha384`, '2.16.840.1.101.3.4.2.2'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', '2.16.840.1.101.3.4.2.3'],
  [`${OLD}sha1`, 'SHA1'],
]);

/** Object identifiers in place of addresses: SM2 and SM3 have no address that anybody published. */
const IDENTIFIER = /^(?:urn:oid:)?(\d+(?:\.\d+)+)$/iu;

/** Object identifier of the algorithm that an XML signature names; null where it is none of ours. HMAC is none: its key would be anybody's. */
export function xmlSignatureAlgorithm(name: string): string | null {
  return SIGNATURES.get(name) ?? IDENTIFIER.exec(name)?.[1] ?? null;
}

/** The digest that an XML signature names; null where it is none of ours. */
export function xmlDigestAlgorithm(name: string): DigestAlgorithm | null {
  const identifier = DIGESTS.get(name) ?? IDENTIFIER.exec(name)?.[1];
  return identifier === undefined ? null : digestAlgorithm(identifier);
}
