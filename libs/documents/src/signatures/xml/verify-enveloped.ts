import type { Element } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { digest, type DigestAlgorithm } from '../algorithms/digest-algorithm';
import { verifyBytes, type Fit } from '../algorithms/verify-bytes';
import type { PublicKey } from '../algorithms/public-key';
import { CANONICAL_FORMS, ENVELOPED, type SignatureShape } from './signature-shape';

export interface VerifiedXml {
  digestMatches: boolean;
  /** Null where it did not come to that. */
  signature: Fit | null;
  /** The root without the signature, in the canonical form that was verified; null unless all fits. */
  canonical: string | null;
}

/** What an enveloped signature of the whole document is verified with. */
export interface XmlVerifier {
  key: PublicKey;
  /** Object identifier. */
  algorithm: string;
  digest: DigestAlgorithm;
}

/** Verifies an enveloped signature whose shape was found good. Throws for what the library refuses. */
export function verifyEnveloped(xml: string, element: Element, shape: SignatureShape, verifier: XmlVerifier): VerifiedXml {
  const results: Fit[] = [];
  const signed = new SignedXml({ publicCert: 'the key is given to the algorithm' });
  // Only what the shape was found to ask for, so that nothing else can be chosen by a document.
  const taken = Object.entries(signed.CanonicalizationAlgorithms).filter(([name]) => name === ENVELOPED || CANONICAL_FORMS.includes(name));
  signed.CanonicalizationAlgorithms = Object.fromEntries(taken);
  signed.HashAlgorithms = { [shape.digestMethod]: hashAlgorithm(shape.digestMethod, verifier) };
  signed.SignatureAlgorithms = { [shape.signatureMethod]: signatureAlgorithm(shape.signatureMethod, verifier, results) };
  signed.loadSignature(element as never);
  const fits = holds(signed, xml, results);
  const [signature = null] = results;
  const references = signed.getSignedReferences();
  return {
    digestMatches: fits || signature !== null,
    signature,
    canonical: fits && references.length === 1 ? (references[0] ?? null) : null,
  };
}

/** The library throws where the signature does not fit and where it refuses; the former is known from the result. */
function holds(signed: SignedXml, xml: string, results: readonly Fit[]): boolean {
  try {
    return signed.checkSignature(xml);
  } catch (error) {
    if (results.length > 0) return false;
    throw error;
  }
}

function hashAlgorithm(name: string, { digest: algorithm }: XmlVerifier) {
  return class {
    getAlgorithmName = () => name;
    getHash = (xml: string) => digest(algorithm, Buffer.from(xml, 'utf8')).toString('base64');
  };
}

function signatureAlgorithm(name: string, { algorithm, key }: XmlVerifier, results: Fit[]) {
  return class {
    getAlgorithmName = () => name;
    getSignature = (): string => {
      throw new TypeError('nothing is signed here');
    };
    verifySignature = (material: string, _key: unknown, value: string) => {
      const signature = Buffer.from(value, 'base64');
      const data = Buffer.from(material, 'utf8');
      const fit = verifyBytes({ data, signature, algorithm: { algorithm }, digest: null, ecdsa: 'ieee-p1363', key });
      results.push(fit);
      return fit.fits === true;
    };
  };
}
