import { CMSVersion, ContentInfo, DigestAlgorithmIdentifiers, EncapsulatedContentInfo, SignerInfo } from '@peculiar/asn1-cms';
import { AsnArray, AsnConvert, AsnProp, AsnPropTypes, AsnType, AsnTypeTypes } from '@peculiar/asn1-schema';
import { Certificate, nameKey, serialKey } from '../certificates/certificate';

/** PKCS #7, and the same under the numbers of GM/T 0010 (GB/T 35275). */
const SIGNED_DATA = new Set(['1.2.840.113549.1.7.2', '1.2.156.10197.6.1.4.2.2']);

/** A signature with its certificates and an archive of revocation lists stays well below this. */
const MAX_BYTES = 8_388_608;
const MAX_CERTIFICATES = 32;

/** Values in it, the parser's own limit being too low for a list of revocation within; depth keeps to that of the parser, 100. */
const PARSING = { berOptions: { maxNodes: 100_000 } };

/** SignedData, its signers and certificates left as they came: what was signed is signed as it was written. Lists of revocation are passed over. */
@AsnType({ type: AsnTypeTypes.Sequence })
class SignedData {
  @AsnProp({ type: AsnPropTypes.Integer })
  version: number = CMSVersion.v1;

  @AsnProp({ type: DigestAlgorithmIdentifiers })
  digestAlgorithms = new DigestAlgorithmIdentifiers();

  @AsnProp({ type: EncapsulatedContentInfo })
  encapContentInfo = new EncapsulatedContentInfo();

  @AsnProp({ type: AsnPropTypes.Any, context: 0, implicit: true, optional: true, repeated: 'set' })
  certificates: ArrayBuffer[] | undefined = undefined;

  @AsnProp({ type: AsnPropTypes.Any, context: 1, implicit: true, optional: true, repeated: 'set' })
  crls: ArrayBuffer[] | undefined = undefined;

  @AsnProp({ type: AsnPropTypes.Any, repeated: 'set' })
  signerInfos: ArrayBuffer[] = [];
}

/** The parts of a SEQUENCE as they came. */
@AsnType({ type: AsnTypeTypes.Sequence, itemType: AsnPropTypes.Any })
class Parts extends AsnArray<ArrayBuffer> {}

/** The tag of `[0]`, under which a signer's attributes are sent. */
const ATTRIBUTES_TAG = 0xa0;

/** The one signer of a SignedData, and what came with it. */
export interface ReadSignedData {
  signerInfo: SignerInfo;
  /** The signer's attributes as they were sent; null where the content itself was signed. */
  attributes: Buffer | null;
  /** Null where the signer's certificate did not come along. */
  signer: Certificate | null;
  certificates: Certificate[];
  /** What the signature holds of its content; null in a detached one. */
  content: Buffer | null;
}

/** Reads SignedData, in a ContentInfo or bare. Throws what the parser throws, and `RangeError` for more than one signer or too much of anything. */
export function readSignedData(der: Uint8Array): ReadSignedData {
  if (der.length > MAX_BYTES) throw new RangeError(`it has more than ${MAX_BYTES} bytes`);
  const { signerInfos, certificates: carried = [], encapContentInfo } = parseSignedData(der);
  const [only] = signerInfos;
  if (!only || signerInfos.length > 1) throw new RangeError('it has not exactly one signer');
  if (carried.length > MAX_CERTIFICATES) throw new RangeError(`it has more than ${MAX_CERTIFICATES} certificates`);
  const signerInfo = AsnConvert.parse(only, SignerInfo, PARSING);
  const certificates = carried.map((der) => Certificate.read(new Uint8Array(der))).filter((certificate) => certificate !== null);
  const content = encapContentInfo.eContent?.single?.buffer;
  return {
    signerInfo,
    attributes:
      AsnConvert.parse(only, Parts, PARSING)
        .map((part) => Buffer.from(part))
        .find((part) => part[0] === ATTRIBUTES_TAG) ?? null,
    signer: certificates.find((certificate) => isSigner(certificate, signerInfo)) ?? null,
    certificates,
    content: content ? Buffer.from(content) : null,
  };
}

function parseSignedData(der: Uint8Array): SignedData {
  let info: ContentInfo;
  try {
    info = AsnConvert.parse(der, ContentInfo, PARSING);
  } catch {
    return AsnConvert.parse(der, SignedData, PARSING);
  }
  if (!SIGNED_DATA.has(info.contentType)) throw new RangeError('it is no SignedData');
  return AsnConvert.parse(info.content, SignedData, PARSING);
}

function isSigner(certificate: Certificate, { sid }: SignerInfo): boolean {
  const { issuerAndSerialNumber: named, subjectKeyIdentifier } = sid;
  if (named) return certificate.issuer === nameKey(named.issuer) && certificate.serialNumber === serialKey(named.serialNumber);
  return subjectKeyIdentifier !== undefined && certificate.subjectKey === Buffer.from(subjectKeyIdentifier.buffer).toString('hex');
}
