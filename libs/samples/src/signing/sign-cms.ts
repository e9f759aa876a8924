import { createHash } from 'node:crypto';
import { explicit, integer, nothing, objectIdentifier, octets, sequence, setOf, tagged, utcTime } from './der';
import { algorithmOf, distinguishedName, type Identity } from './issue-certificate';

export interface CmsWish {
  signer: Identity;
  /** Certificates sent along; the signer's alone where none are given. */
  certificates?: readonly Buffer[];
  /** When it is said to be signed; null leaves the attributes out, so that the content itself is signed. */
  signedAt?: Date | null;
  /** Names of PKCS #7, or the numbers of GM/T 0010. */
  numbers?: 'pkcs7' | 'gm';
  /** Puts the content into the signature. */
  attached?: boolean;
}

const NUMBERS = { pkcs7: '1.2.840.113549.1.7', gm: '1.2.156.10197.6.1.4.2' };

/** Signs content in CMS (PKCS #7, GM/T 0010), detached where nothing else is wished. Gives DER. */
export function signCms(content: Uint8Array, wish: CmsWish): Buffer {
  const { signer, certificates = [signer.certificate], signedAt = new Date(), numbers = 'pkcs7', attached = false } = wish;
  const [data, signedData] = [1, 2].map((number) => objectIdentifier(`${NUMBERS[numbers]}.${number}`));
  if (!data || !signedData) throw new TypeError('the numbers are not known');
  const digestAlgorithm = sequence(objectIdentifier(signer.key.digestAlgorithm), nothing());
  const attributes = signedAt && signedAttributes(data, content, signer, signedAt);
  const signerInfo = sequence(
    integer(1),
    sequence(distinguishedName(signer.issuerName), integer(signer.serial)),
    digestAlgorithm,
    ...(attributes ? [withTag(0xa0, attributes)] : []),
    algorithmOf(signer.key),
    octets(signer.key.sign(attributes ?? content)),
  );
  return sequence(
    signedData,
    explicit(
      0,
      sequence(
        integer(1),
        setOf(digestAlgorithm),
        sequence(data, ...(attached ? [explicit(0, octets(content))] : [])),
        tagged(0xa0, ...certificates),
        setOf(signerInfo),
      ),
    ),
  );
}

function signedAttributes(contentType: Buffer, content: Uint8Array, { key }: Identity, signedAt: Date): Buffer {
  const attribute = (type: string, value: Buffer) => sequence(objectIdentifier(type), setOf(value));
  return setOf(
    attribute('1.2.840.113549.1.9.3', contentType),
    attribute('1.2.840.113549.1.9.4', octets(createHash(key.digest).update(content).digest())),
    attribute('1.2.840.113549.1.9.5', utcTime(signedAt)),
  );
}

function withTag(tag: number, value: Buffer): Buffer {
  const other = Buffer.from(value);
  other[0] = tag;
  return other;
}
