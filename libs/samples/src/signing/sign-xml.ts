import { createHash } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import type { Identity } from './issue-certificate';

export interface XmlSignatureWish {
  signer: Identity;
  /** Certificates sent along, in DER; the signer's alone where none are given. */
  certificates?: readonly Buffer[];
  /** Path of what is signed; the root where none is given. */
  xpath?: string;
  signatureAlgorithm?: string;
  digestAlgorithm?: string;
  /** Canonical forms of what is signed and of the document; the exclusive one where none is given. */
  form?: string;
  documentForm?: string;
  /** Of the signature's own elements; none where none is given. */
  prefix?: string;
}

/** Digests are named by addresses, or by their numbers, for want of an address. */
const NUMBERED_DIGEST = 'urn:oid:';
const CANONICAL = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** Puts a signature of the whole document into its root (XML-DSig, enveloped). */
export function signXml(xml: string, wish: XmlSignatureWish): string {
  const { signer, certificates = [signer.certificate], xpath = '/*' } = wish;
  const name = wish.signatureAlgorithm ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
  const signed = new SignedXml({
    privateKey: 'the key signs by itself',
    signatureAlgorithm: name,
    canonicalizationAlgorithm: wish.form ?? CANONICAL,
    getKeyInfoContent: () => keyInfo(certificates, wish.prefix === undefined ? '' : `${wish.prefix}:`),
  });
  signed.SignatureAlgorithms = { [name]: algorithmOf(name, signer) };
  signed.HashAlgorithms[NUMBERED_DIGEST + signer.key.digestAlgorithm] = hashOf(signer);
  signed.addReference({
    xpath,
    isEmptyUri: wish.xpath === undefined,
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', wish.documentForm ?? CANONICAL],
    digestAlgorithm: wish.digestAlgorithm ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signed.computeSignature(xml, { prefix: wish.prefix });
  return signed.getSignedXml();
}

function keyInfo(certificates: readonly Buffer[], prefix: string): string {
  const elements = certificates.map((der) => `<${prefix}X509Certificate>${der.toString('base64')}</${prefix}X509Certificate>`);
  return `<${prefix}X509Data>${elements.join('')}</${prefix}X509Data>`;
}

function algorithmOf(name: string, { key }: Identity) {
  const encode = key.signatureAlgorithm === ECDSA ? rAndS : (signature: Buffer) => signature;
  return class {
    getAlgorithmName = () => name;
    getSignature = (data: string) => encode(key.sign(Buffer.from(data))).toString('base64');
    verifySignature = () => false;
  };
}

function hashOf({ key }: Identity) {
  return class {
    getAlgorithmName = () => NUMBERED_DIGEST + key.digestAlgorithm;
    getHash = (xml: string) => createHash(key.digest).update(xml).digest('base64');
  };
}

const ECDSA = '1.2.840.10045.4.3.2';

/** XML has r and s of ECDSA behind each other, 32 bytes each, where DER has two integers. */
function rAndS(der: Buffer): Buffer {
  const part = (at: number) => der.subarray(at + 2, at + 2 + (der[at + 1] ?? 0));
  const r = part(2);
  return Buffer.concat([r, part(4 + r.length)].map((bytes) => Buffer.concat([Buffer.alloc(32), bytes]).subarray(-32)));
}
