import { AsnArray, AsnConvert, AsnType, AsnTypeTypes, OctetString } from '@peculiar/asn1-schema';
import { Certificate } from '../certificates/certificate';
import { readAsn1Time, readSealTime } from './asn1-time';
import {
  CertificateDigest,
  SealInfo,
  SealPropertyV1,
  SealPropertyV4,
  SealToSign,
  SealV1,
  SealV4,
  SesSignatureV1,
  SesSignatureV4,
  ToSignV1,
  ToSignV4,
} from './ses-structures';

/** A seal's picture may be large, a seal with the lists of a whole ministry larger still. */
const MAX_BYTES = 8_388_608;
const MAX_LISTED = 256;

/** Bytes, a signature of them, and the certificate whose key should fit. */
export interface SesSigned {
  data: Uint8Array;
  signature: Uint8Array;
  algorithm: string;
  certificate: Certificate | null;
}

/** The seal within a signature: an authority's leave for the listed signers to use a picture. */
export interface SesSeal {
  der: Uint8Array;
  /** The maker's signature of it. */
  made: SesSigned;
  madeAt: Date | null;
  validFrom: Date | null;
  validTo: Date | null;
  /** Whether it lists a signer's certificate. */
  lists(certificate: Certificate): boolean;
}

/** An electronic seal's signature, the same for both versions. */
export interface SesSignature {
  signed: SesSigned;
  seal: SesSeal;
  /** The digest of Signature.xml that was signed. */
  dataHash: Buffer;
  /** The path of Signature.xml, as far as makers keep to it. */
  propertyInfo: string;
  signedAt: Date | null;
}

@AsnType({ type: AsnTypeTypes.Sequence, itemType: OctetString })
class ListedCertificates extends AsnArray<OctetString> {}

@AsnType({ type: AsnTypeTypes.Sequence, itemType: CertificateDigest })
class ListedDigests extends AsnArray<CertificateDigest> {}

/** Reads a signature by GB/T 38540 (version 4) or GM/T 0031 (version 1). Null where the bytes are neither. */
export function readSesSignature(der: Uint8Array): SesSignature | null {
  if (der.length > MAX_BYTES) return null;
  return orNull(() => readV4(der)) ?? orNull(() => readV1(der));
}

function readV4(der: Uint8Array): SesSignature {
  const { toSign, cert, signatureAlgID, signature } = AsnConvert.parse(der, SesSignatureV4);
  const { eseal, timeInfo, dataHash, propertyInfo } = AsnConvert.parse(toSign, ToSignV4);
  const signed = {
    data: bytes(toSign),
    signature: bytes(signature),
    algorithm: signatureAlgID,
    certificate: Certificate.read(bytes(cert)),
  };
  return { signed, seal: readSeal(eseal), dataHash: Buffer.from(dataHash), propertyInfo, signedAt: readAsn1Time(timeInfo) };
}

function readV1(der: Uint8Array): SesSignature {
  const { toSign, signature } = AsnConvert.parse(der, SesSignatureV1);
  const { eseal, timeInfo, dataHash, propertyInfo, cert, signatureAlgorithm } = AsnConvert.parse(toSign, ToSignV1);
  const signed = {
    data: bytes(toSign),
    signature: bytes(signature),
    algorithm: signatureAlgorithm,
    certificate: Certificate.read(bytes(cert)),
  };
  return { signed, seal: readSeal(eseal), dataHash: Buffer.from(dataHash), propertyInfo, signedAt: readSealTime(bytes(timeInfo)) };
}

/** Makers put seals of one version into signatures of the other, so that it is read by its own shape. */
function readSeal(der: ArrayBuffer): SesSeal {
  const { eSealInfo, cert, algorithm, signature } = orNull(() => sealV4(der)) ?? sealV1(der);
  const info = AsnConvert.parse(eSealInfo, SealInfo);
  const property = orNull(() => propertyV4(info.property)) ?? propertyV1(info.property);
  const toSign = Object.assign(new SealToSign(), { eSealInfo, cert, signatureAlgorithm: algorithm });
  return {
    der: bytes(der),
    made: { data: bytes(AsnConvert.serialize(toSign)), signature: bytes(signature), algorithm, certificate: Certificate.read(bytes(cert)) },
    madeAt: readAsn1Time(property.createDate),
    validFrom: readAsn1Time(property.validStart),
    validTo: readAsn1Time(property.validEnd),
    lists: property.lists,
  };
}

function sealV4(der: ArrayBuffer) {
  const { eSealInfo, cert, signAlgID, signedValue } = AsnConvert.parse(der, SealV4);
  return { eSealInfo, cert, algorithm: signAlgID, signature: signedValue };
}

function sealV1(der: ArrayBuffer) {
  const { eSealInfo, signInfo } = AsnConvert.parse(der, SealV1);
  return { eSealInfo, cert: signInfo.cert, algorithm: signInfo.signatureAlgorithm, signature: signInfo.signData };
}

type SealProperty = Pick<SealPropertyV4, 'createDate' | 'validStart' | 'validEnd'> & Pick<SesSeal, 'lists'>;

function propertyV4(der: ArrayBuffer): SealProperty {
  const { certListType, certList, createDate, validStart, validEnd } = AsnConvert.parse(der, SealPropertyV4);
  if (certListType !== 2)
    return { createDate, validStart, validEnd, lists: listsOf(AsnConvert.parse(certList, ListedCertificates).map(({ buffer }) => buffer)) };
  const digests = bounded(AsnConvert.parse(certList, ListedDigests)).map(({ type, value }) => [type, Buffer.from(value)] as const);
  return { createDate, validStart, validEnd, lists: (certificate) => digests.some(([type, value]) => certificate.hasDigest(type, value)) };
}

function propertyV1(der: ArrayBuffer): SealProperty {
  const { certList, createDate, validStart, validEnd } = AsnConvert.parse(der, SealPropertyV1);
  return { createDate, validStart, validEnd, lists: listsOf(certList) };
}

function listsOf(certificates: readonly ArrayBuffer[]): SesSeal['lists'] {
  const listed = bounded(certificates).map((der) => Buffer.from(der));
  return (certificate) => listed.some((der) => der.equals(certificate.der));
}

function bounded<T>(list: readonly T[]): readonly T[] {
  if (list.length > MAX_LISTED) throw new RangeError(`the seal lists more than ${MAX_LISTED} certificates`);
  return list;
}

function bytes(buffer: ArrayBuffer): Uint8Array {
  return new Uint8Array(buffer);
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
