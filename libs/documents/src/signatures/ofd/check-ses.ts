import { digest, digestAlgorithm } from '../algorithms/digest-algorithm';
import { verifyBytes, type Fit } from '../algorithms/verify-bytes';
import type { SignatureFindings } from '../signature-findings';
import type { SesSeal, SesSignature, SesSigned } from './read-ses';

/** What Signature.xml, the file that a seal's signature is of, and its neighbours give to check it by. */
export interface SealedFile {
  xml: Uint8Array;
  checkMethod: string;
  /** The seal that is kept beside the signature; null without. */
  sealBeside: Uint8Array | null;
}

/** The digests that makers of seals take, whatever Signature.xml takes for the files. */
const DIGESTS = ['SM3', 'SHA256', '2.16.840.1.101.3.4.2.2', '2.16.840.1.101.3.4.2.3', 'SHA1'].map(digestAlgorithm);

/**
 * Checks the signature of an electronic seal: it is of Signature.xml, the signer's key fits it, the seal in it was made by the maker's key, is
 * in force at the time of signing, and is the signer's to use. Never throws.
 */
export function checkSes(
  { signed, seal, dataHash, signedAt }: SesSignature,
  { xml, checkMethod, sealBeside }: SealedFile,
): SignatureFindings {
  const algorithm = DIGESTS.find((candidate) => candidate !== null && digest(candidate, xml).equals(dataHash)) ?? null;
  const sealFits = sealBeside === null || Buffer.from(sealBeside).equals(seal.der);
  const signature = fit(signed, checkMethod);
  const making = fit(seal.made, checkMethod);
  const maker = seal.made.certificate;
  return {
    digestMatches: algorithm !== null && sealFits,
    signatureValid: both(signature.fits, making.fits),
    signer: signed.certificate,
    carried: [],
    signedAt,
    guarantors: maker ? [{ certificate: maker, role: "the seal's maker", at: seal.madeAt }] : [],
    weakness:
      (algorithm?.broken ? 'it rests on sha1, which is broken' : null) ??
      signature.why ??
      making.why ??
      whyNotInForce(seal, signed, signedAt),
    why: whyNot(algorithm !== null, sealFits, signature, making),
  };
}

function fit({ data, signature, algorithm, certificate }: SesSigned, checkMethod: string): Fit {
  const key = certificate?.publicKey;
  if (!key) return { fits: null, why: 'a certificate in it is missing, or has a key of no known kind' };
  return verifyBytes({ data, signature, algorithm: { algorithm }, digest: checkMethod, key });
}

function both(one: boolean | null, other: boolean | null): boolean | null {
  if (one === false || other === false) return false;
  return one === null || other === null ? null : true;
}

function whyNot(isOfXml: boolean, sealFits: boolean, signature: Fit, making: Fit): string | null {
  if (!isOfXml) return 'it is not of this Signature.xml';
  if (!sealFits) return 'the seal beside it is not the one in it';
  if (signature.fits !== true) return signature.why;
  if (making.fits === false) return 'the seal in it was not made by its maker';
  return making.fits === null ? making.why : null;
}

function whyNotInForce(seal: SesSeal, { certificate }: SesSigned, signedAt: Date | null): string | null {
  if (!certificate || !seal.lists(certificate)) return 'its signer is not among those of the seal';
  const { validFrom, validTo } = seal;
  if (!validFrom || !validTo || !signedAt) return 'it is not known whether its seal was in force';
  return validFrom <= signedAt && signedAt <= validTo ? null : 'its seal was not in force at the time of signing';
}
