import { AsnConvert, AsnProp, AsnPropTypes, AsnType, AsnTypeTypes } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { digestAlgorithm, type DigestAlgorithm } from './digest-algorithm';

const SHA1 = '1.3.14.3.2.26';

/** RSASSA-PSS-params of RFC 4055; what is left out stands for SHA-1 and a salt of 20 bytes. */
@AsnType({ type: AsnTypeTypes.Sequence })
class RsassaPssParams {
  @AsnProp({ type: AlgorithmIdentifier, context: 0, optional: true })
  hash: AlgorithmIdentifier | undefined = undefined;

  @AsnProp({ type: AlgorithmIdentifier, context: 1, optional: true })
  mask: AlgorithmIdentifier | undefined = undefined;

  @AsnProp({ type: AsnPropTypes.Integer, context: 2, defaultValue: 20 })
  saltLength = 20;

  @AsnProp({ type: AsnPropTypes.Integer, context: 3, defaultValue: 1 })
  trailer = 1;
}

export interface PssParameters {
  digest: DigestAlgorithm;
  saltLength: number;
}

/** What a PSS signature says of itself; null where it is not understood, or its mask is of another digest than its text. */
export function pssParameters(der: ArrayBuffer | null | undefined): PssParameters | null {
  try {
    const { hash, mask, saltLength, trailer } = der ? AsnConvert.parse(der, RsassaPssParams) : new RsassaPssParams();
    const digest = digestAlgorithm(hash?.algorithm ?? SHA1);
    const masked = mask?.parameters ? AsnConvert.parse(mask.parameters, AlgorithmIdentifier).algorithm : SHA1;
    if (!digest || trailer !== 1 || digestAlgorithm(masked) !== digest) return null;
    return saltLength >= 0 && saltLength <= 512 ? { digest, saltLength } : null;
  } catch {
    return null;
  }
}
