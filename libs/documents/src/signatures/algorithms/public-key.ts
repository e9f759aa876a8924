import { createPublicKey, type KeyObject } from 'node:crypto';
import { AsnConvert, AsnProp, AsnPropTypes, AsnType, AsnTypeTypes } from '@peculiar/asn1-schema';
import type { SubjectPublicKeyInfo } from '@peculiar/asn1-x509';

/** The key of a certificate. An SM2 key is its point, because node:crypto does not verify with it as the standard asks. */
export type PublicKey = { kind: 'rsa'; key: KeyObject; bits: number } | { kind: 'ec'; key: KeyObject } | { kind: 'sm2'; point: Uint8Array };

const RSA = new Set(['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.10']);
const EC = '1.2.840.10045.2.1';
const SM2_CURVE = '1.2.156.10197.1.301';
/** P-256, P-384, P-521. Curves written out as parameters are refused: whoever writes them can choose a base that fits his own key. */
const EC_CURVES = new Set(['1.2.840.10045.3.1.7', '1.3.132.0.34', '1.3.132.0.35']);

@AsnType({ type: AsnTypeTypes.Choice })
class CurveName {
  @AsnProp({ type: AsnPropTypes.ObjectIdentifier })
  name = '';
}

/** Reads the key of a certificate; null for a kind, a curve or an encoding that is not used here. */
export function readPublicKey(info: SubjectPublicKeyInfo): PublicKey | null {
  try {
    const { algorithm, parameters } = info.algorithm;
    if (RSA.has(algorithm)) return readRsa(info);
    if (algorithm !== EC || !parameters) return null;
    const curve = AsnConvert.parse(parameters, CurveName).name;
    if (curve === SM2_CURVE) return { kind: 'sm2', point: new Uint8Array(info.subjectPublicKey) };
    return EC_CURVES.has(curve) ? { kind: 'ec', key: nodeKey(info) } : null;
  } catch {
    return null;
  }
}

function readRsa(info: SubjectPublicKeyInfo): PublicKey {
  const key = nodeKey(info);
  return { kind: 'rsa', key, bits: key.asymmetricKeyDetails?.modulusLength ?? 0 };
}

function nodeKey(info: SubjectPublicKeyInfo): KeyObject {
  return createPublicKey({ key: Buffer.from(AsnConvert.serialize(info)), format: 'der', type: 'spki' });
}
