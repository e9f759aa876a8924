import { AsnProp, AsnPropTypes, AsnType, AsnTypeTypes } from '@peculiar/asn1-schema';
import { SignatureBitsConverter } from '../algorithms/signature-bits';

/*
 * The structures of electronic seals: GB/T 38540-2020 (version 4) and GM/T 0031-2014 (version 1). Where makers differ from the text, such as in
 * the kinds of time, a part is kept as bytes, and read by who needs it.
 */

const { Any, BitString, IA5String, Integer, ObjectIdentifier, OctetString, Utf8String } = AsnPropTypes;

/** SES_ESPropertyInfo, version 4. */
@AsnType({ type: AsnTypeTypes.Sequence })
export class SealPropertyV4 {
  @AsnProp({ type: Integer })
  type = 1;

  @AsnProp({ type: Utf8String })
  name = '';

  /** 1: certificates, 2: digests of certificates. */
  @AsnProp({ type: Integer })
  certListType = 1;

  @AsnProp({ type: Any })
  certList = new ArrayBuffer(0);

  @AsnProp({ type: Any })
  createDate = new ArrayBuffer(0);

  @AsnProp({ type: Any })
  validStart = new ArrayBuffer(0);

  @AsnProp({ type: Any })
  validEnd = new ArrayBuffer(0);
}

/** SES_ESPropertyInfo, version 1. */
@AsnType({ type: AsnTypeTypes.Sequence })
export class SealPropertyV1 {
  @AsnProp({ type: Integer })
  type = 1;

  @AsnProp({ type: Utf8String })
  name = '';

  @AsnProp({ type: OctetString, repeated: 'sequence' })
  certList: ArrayBuffer[] = [];

  @AsnProp({ type: Any })
  createDate = new ArrayBuffer(0);

  @AsnProp({ type: Any })
  validStart = new ArrayBuffer(0);

  @AsnProp({ type: Any })
  validEnd = new ArrayBuffer(0);
}

/** SES_SealInfo. */
@AsnType({ type: AsnTypeTypes.Sequence })
export class SealInfo {
  @AsnProp({ type: Any })
  header = new ArrayBuffer(0);

  @AsnProp({ type: IA5String })
  esID = '';

  @AsnProp({ type: Any })
  property = new ArrayBuffer(0);

  @AsnProp({ type: Any })
  picture = new ArrayBuffer(0);

  @AsnProp({ type: Any, optional: true })
  extDatas: ArrayBuffer | undefined = undefined;
}

/** SES_SignInfo of version 1. */
@AsnType({ type: AsnTypeTypes.Sequence })
export class SealSignInfo {
  @AsnProp({ type: OctetString })
  cert = new ArrayBuffer(0);

  @AsnProp({ type: ObjectIdentifier })
  signatureAlgorithm = '';

  @AsnProp({ type: BitString, converter: SignatureBitsConverter })
  signData = new ArrayBuffer(0);
}

/** SESeal, version 4. */
@AsnType({ type: AsnTypeTypes.Sequence })
export class SealV4 {
  @AsnProp({ type: Any })
  eSealInfo = new ArrayBuffer(0);

  @AsnProp({ type: OctetString })
  cert = new ArrayBuffer(0);

  @AsnProp({ type: ObjectIdentifier })
  signAlgID = '';

  @AsnProp({ type: BitString, converter: SignatureBitsConverter })
  signedValue = new ArrayBuffer(0);
}

/** SESeal, version 1. */
@AsnType({ type: AsnTypeTypes.Sequence })
export class SealV1 {
  @AsnProp({ type: Any })
  eSealInfo = new ArrayBuffer(0);

  @AsnProp({ type: SealSignInfo })
  signInfo = new SealSignInfo();
}

/** What the maker of a seal signs, in either version. */
@AsnType({ type: AsnTypeTypes.Sequence })
export class SealToSign {
  @AsnProp({ type: Any })
  eSealInfo = new ArrayBuffer(0);

  @AsnProp({ type: OctetString })
  cert = new ArrayBuffer(0);

  @AsnProp({ type: ObjectIdentifier })
  signatureAlgorithm = '';
}

/** TBS_Sign, version 4. */
@AsnType({ type: AsnTypeTypes.Sequence })
export class ToSignV4 {
  @AsnProp({ type: Integer })
  version = 4;

  @AsnProp({ type: Any })
  eseal = new ArrayBuffer(0);

  @AsnProp({ type: Any })
  timeInfo = new ArrayBuffer(0);

  @AsnProp({ type: BitString })
  dataHash = new ArrayBuffer(0);

  @AsnProp({ type: IA5String })
  propertyInfo = '';

  @AsnProp({ type: Any, optional: true })
  extDatas: ArrayBuffer | undefined = undefined;
}

/** TBS_Sign, version 1. */
@AsnType({ type: AsnTypeTypes.Sequence })
export class ToSignV1 {
  @AsnProp({ type: Integer })
  version = 1;

  @AsnProp({ type: Any })
  eseal = new ArrayBuffer(0);

  @AsnProp({ type: BitString })
  timeInfo = new ArrayBuffer(0);

  @AsnProp({ type: BitString })
  dataHash = new ArrayBuffer(0);

  @AsnProp({ type: IA5String })
  propertyInfo = '';

  @AsnProp({ type: OctetString })
  cert = new ArrayBuffer(0);

  @AsnProp({ type: ObjectIdentifier })
  signatureAlgorithm = '';
}

/** SES_Signature, version 4. */
@AsnType({ type: AsnTypeTypes.Sequence })
export class SesSignatureV4 {
  @AsnProp({ type: Any })
  toSign = new ArrayBuffer(0);

  @AsnProp({ type: OctetString })
  cert = new ArrayBuffer(0);

  @AsnProp({ type: ObjectIdentifier })
  signatureAlgID = '';

  @AsnProp({ type: BitString, converter: SignatureBitsConverter })
  signature = new ArrayBuffer(0);

  @AsnProp({ type: Any, optional: true })
  timeStamp: ArrayBuffer | undefined = undefined;
}

/** SES_Signature, version 1. */
@AsnType({ type: AsnTypeTypes.Sequence })
export class SesSignatureV1 {
  @AsnProp({ type: Any })
  toSign = new ArrayBuffer(0);

  @AsnProp({ type: BitString, converter: SignatureBitsConverter })
  signature = new ArrayBuffer(0);
}

/** A digest that stands for a certificate in a seal's list. */
@AsnType({ type: AsnTypeTypes.Sequence })
export class CertificateDigest {
  @AsnProp({ type: AsnPropTypes.PrintableString })
  type = '';

  @AsnProp({ type: OctetString })
  value = new ArrayBuffer(0);
}
