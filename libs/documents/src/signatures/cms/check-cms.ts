import { digest, digestAlgorithm, type DigestAlgorithm } from '../algorithms/digest-algorithm';
import { verifyBytes } from '../algorithms/verify-bytes';
import { notChecked, type SignatureFindings } from '../signature-findings';
import { readSignedAttributes, type SignedAttributes } from './signed-attributes';
import { readSignedData, type ReadSignedData } from './read-signed-data';

/**
 * Checks a detached CMS signature (PKCS #7, or GM/T 0010) against its content, which may come in parts. What the signature itself holds of the
 * content is not used. Never throws.
 */
export function checkCms(der: Uint8Array, ...content: readonly Uint8Array[]): SignatureFindings {
  try {
    return checkSignedData(readSignedData(der), content);
  } catch {
    return notChecked('its signed data cannot be read');
  }
}

/** Checks signed data that was read before. Throws for malformed attributes. */
export function checkSignedData(read: ReadSignedData, content: readonly Uint8Array[]): SignatureFindings {
  const { signerInfo, signer, certificates: carried } = read;
  const algorithm = digestAlgorithm(signerInfo.digestAlgorithm.algorithm);
  if (!algorithm) return notChecked('its digest algorithm is not known', { signer });
  const attributes = readSignedAttributes(read);
  const signedAt = attributes?.signingTime ?? null;
  const digestMatches = attributes ? attributes.messageDigest.equals(digest(algorithm, ...content)) : null;
  const key = signer?.publicKey;
  // A difference needs no other reason.
  const reason = (why: string | null): string | null => (digestMatches === false ? null : why);
  if (!key)
    return notChecked(reason('its certificate is missing, or has a key of no known kind'), { digestMatches, signer, carried, signedAt });
  const { fits, why } = verifyBytes({
    data: attributes?.signed ?? Buffer.concat(content),
    signature: new Uint8Array(signerInfo.signature.buffer),
    algorithm: signerInfo.signatureAlgorithm,
    digest: signerInfo.digestAlgorithm.algorithm,
    key,
  });
  return {
    // A signature over the content itself states no digest: what fits it fits the content.
    digestMatches: digestMatches ?? fits,
    signatureValid: fits,
    signer,
    carried,
    signedAt,
    guarantors: [],
    weakness: fits === true ? (why ?? brokenDigest(attributes, algorithm)) : null,
    why: fits === true ? null : reason(why),
  };
}

function brokenDigest(attributes: SignedAttributes | null, { broken, name }: DigestAlgorithm): string | null {
  return attributes && broken ? `it rests on ${name}, which is broken` : null;
}
