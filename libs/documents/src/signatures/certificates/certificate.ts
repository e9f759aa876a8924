import { createHash } from 'node:crypto';
import { AsnConvert, AsnProp, AsnPropTypes, AsnType, AsnTypeTypes } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  BasicConstraints,
  Certificate as Asn1Certificate,
  ExtendedKeyUsage,
  KeyUsage,
  type Extension,
  type Name,
  type TBSCertificate,
} from '@peculiar/asn1-x509';
import { digest, digestAlgorithm } from '../algorithms/digest-algorithm';
import { readPublicKey, type PublicKey } from '../algorithms/public-key';
import { verifyBytes, type Fit } from '../algorithms/verify-bytes';

/** Larger than any certificate in use, those with pictures and long policies among them. */
const MAX_BYTES = 65_536;
const MAX_EXTENSIONS = 64;

const COMMON_NAME = '2.5.4.3';
const EXTENSIONS = {
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectKey: '2.5.29.14',
  policies: '2.5.29.32',
};
const UNDERSTOOD = new Set(Object.values(EXTENSIONS));

/** A certificate as it is encoded, its signed part left as it came: encoded anew, that might differ by what its maker wrote without need. */
@AsnType({ type: AsnTypeTypes.Sequence })
class EncodedCertificate {
  @AsnProp({ type: AsnPropTypes.Any })
  tbs = new ArrayBuffer(0);

  @AsnProp({ type: AlgorithmIdentifier })
  signatureAlgorithm = new AlgorithmIdentifier();

  @AsnProp({ type: AsnPropTypes.BitString })
  signatureValue = new ArrayBuffer(0);
}

/** A certificate (X.509), read once. What it says of itself is a claim until a chain leads to a trusted root. */
export class Certificate {
  readonly der: Uint8Array;
  /** SHA-256 of its bytes in hexadecimal, by which it is told from others. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  private readonly tbs: TBSCertificate;

  private constructor(private readonly asn: Asn1Certificate) {
    this.tbs = asn.tbsCertificate;
    this.der = encode(asn);
    if (this.der.length > MAX_BYTES) throw new RangeError('the certificate is too large');
    if ((this.tbs.extensions?.length ?? 0) > MAX_EXTENSIONS) throw new RangeError('the certificate has too many extensions');
    this.fingerprint = createHash('sha256').update(this.der).digest('hex');
    this.subject = nameKey(this.tbs.subject);
    this.issuer = nameKey(this.tbs.issuer);
    this.serialNumber = serialKey(this.tbs.serialNumber);
    this.notBefore = this.tbs.validity.notBefore.getTime();
    this.notAfter = this.tbs.validity.notAfter.getTime();
  }

  /**
   * The certificate in these bytes; null where there is none. What stands behind it does not count. No other encoding than DER is taken: the
   * parser passes over much in what its issuer did not sign, and a certificate that was changed there would count for itself.
   */
  static read(der: Uint8Array): Certificate | null {
    if (der.length > MAX_BYTES) return null;
    try {
      const certificate = new Certificate(AsnConvert.parse(der, Asn1Certificate));
      return Buffer.from(certificate.der).equals(der.subarray(0, certificate.der.length)) ? certificate : null;
    } catch {
      return null;
    }
  }

  /** The last common name in its subject; null where it has none. */
  get commonName(): string | null {
    const names = this.tbs.subject.flatMap((part) => part.filter(({ type }) => type === COMMON_NAME));
    return names.at(-1)?.value.toString() ?? null;
  }

  get publicKey(): PublicKey | null {
    return readPublicKey(this.tbs.subjectPublicKeyInfo);
  }

  /** SubjectKeyIdentifier in hexadecimal; null without one. */
  get subjectKey(): string | null {
    const extension = this.extension(EXTENSIONS.subjectKey);
    // The two bytes in front are the tag and the length of an OCTET STRING.
    return extension ? Buffer.from(extension.extnValue.buffer).subarray(2).toString('hex') : null;
  }

  isValidAt(time: Date): boolean {
    return this.notBefore <= time && time <= this.notAfter;
  }

  /** Whether this is its digest, by the algorithm with this object identifier or name. A broken one does not count. */
  hasDigest(identifier: string, value: Uint8Array): boolean {
    const algorithm = digestAlgorithm(identifier);
    return algorithm !== null && !algorithm.broken && digest(algorithm, this.der).equals(value);
  }

  /** Whether its signature is that of this issuer's key. */
  isSignedBy(issuer: Certificate): Fit {
    const key = issuer.publicKey;
    const { tbsCertificateRaw: data, signatureValue, signatureAlgorithm } = this.asn;
    if (!key || !data) return { fits: null, why: 'the key of an issuer is of no known kind' };
    if (signatureAlgorithm.algorithm !== this.tbs.signature.algorithm) return { fits: false, why: null };
    return verifyBytes({
      data: new Uint8Array(data),
      signature: new Uint8Array(signatureValue),
      algorithm: signatureAlgorithm,
      digest: null,
      key,
    });
  }

  /** Null where the extension is absent. Throws where it is malformed, as do the two below. */
  get basicConstraints(): BasicConstraints | null {
    const extension = this.extension(EXTENSIONS.basicConstraints);
    return extension ? AsnConvert.parse(extension.extnValue.buffer, BasicConstraints) : null;
  }

  /** The bits of KeyUsage, as `KeyUsageFlags`; null where the extension is absent. */
  get keyUsage(): number | null {
    const extension = this.extension(EXTENSIONS.keyUsage);
    return extension ? AsnConvert.parse(extension.extnValue.buffer, KeyUsage).toNumber() : null;
  }

  get extendedKeyUsage(): string[] | null {
    const extension = this.extension(EXTENSIONS.extendedKeyUsage);
    return extension ? [...AsnConvert.parse(extension.extnValue.buffer, ExtendedKeyUsage)] : null;
  }

  /** Whether it has an extension that it forbids to pass over and that is not understood here. */
  get hasUnknownDemand(): boolean {
    return this.tbs.extensions?.some(({ critical, extnID }) => critical && !UNDERSTOOD.has(extnID)) ?? false;
  }

  private extension(id: string): Extension | null {
    return this.tbs.extensions?.find(({ extnID }) => extnID === id) ?? null;
  }
}

function encode({ tbsCertificateRaw, signatureAlgorithm, signatureValue }: Asn1Certificate): Uint8Array {
  if (!tbsCertificateRaw) throw new TypeError('the certificate was not parsed from bytes');
  const encoded = Object.assign(new EncodedCertificate(), { tbs: tbsCertificateRaw, signatureAlgorithm, signatureValue });
  return new Uint8Array(AsnConvert.serialize(encoded));
}

/** A name as a text that equal names share. */
export function nameKey(name: Name): string {
  return Buffer.from(AsnConvert.serialize(name)).toString('hex');
}

/** A serial number as a text that equal numbers share. */
export function serialKey(serial: ArrayBuffer): string {
  return Buffer.from(serial)
    .toString('hex')
    .replace(/^(?:00)+(?=..)/u, '');
}
