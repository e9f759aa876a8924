import { createHash } from 'node:crypto';
import { bits, generalizedTime, ia5, integer, objectIdentifier, octets, printable, sequence, timeText, utcTime, utf8 } from './der';
import type { Identity } from './issue-certificate';
import { signCms } from './sign-cms';

/** The files of an OFD by their paths, without a slash in front. */
export type OfdFiles = Map<string, Buffer>;

export interface OfdSignatureWish {
  signer: Identity;
  /** Who made the seal; the signer where none is given. */
  maker?: Identity;
  /** Seals by GB/T 38540 and GM/T 0031, or bare PKCS #7. */
  form?: 'v4' | 'v1' | 'pkcs7';
  signedAt?: Date;
  /** When the seal is in force; a month before the signature to a month after where nothing is said. */
  sealFrom?: Date;
  sealTo?: Date;
  /** Certificates that the seal lists, in DER; the signer's where none are given. As digests where version 4 is wished so. */
  listed?: readonly Buffer[];
  listedAs?: 'certificates' | 'digests';
  picture?: Buffer;
  /** The picture for which the maker signs, where it is to be another than the seal's. */
  sealMadeFor?: Buffer;
  /** Keeps the seal as a file of its own, too. */
  keepSeal?: boolean;
  /** Files that the signature leaves out. */
  leaveOut?: readonly string[];
  /** Object identifier or name of the digest of the files. */
  checkMethod?: string;
}

const MONTH_MS = 2_592_000_000;
const DIGESTS: Record<string, string> = { '1.2.156.10197.1.401': 'sm3', '2.16.840.1.101.3.4.2.1': 'sha256', MD5: 'md5' };
const FOLDER = 'Doc_0/Signs';
const NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"';

/** Signs an OFD, whose OFD.xml names `Doc_0/Signs/Signatures.xml`; signing again adds a second signature, which covers the first. Gives new files. */
export function signOfd(files: OfdFiles, wish: OfdSignatureWish): OfdFiles {
  const signed: OfdFiles = new Map(files);
  const list = `${FOLDER}/Signatures.xml`;
  const listed = [
    ...(signed
      .get(list)
      ?.toString('utf8')
      .matchAll(/<ofd:Signature .*?\/>/gu) ?? []),
  ].map(([entry]) => entry);
  const folder = `${FOLDER}/Sign_${listed.length}`;
  const type = wish.form === 'pkcs7' ? 'Sign' : 'Seal';
  const entry = `<ofd:Signature ID="${listed.length + 1}" Type="${type}" BaseLoc="Sign_${listed.length}/Signature.xml"/>`;
  const covered = [...files].filter(([path]) => path !== list && !wish.leaveOut?.includes(path));
  const xml = Buffer.from(signatureXml(covered, `/${folder}/SignedValue.dat`, wish));
  const seal = sealOf(wish);
  signed.set(
    list,
    Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><ofd:Signatures ${NAMESPACE}>${[...listed, entry].join('')}</ofd:Signatures>`),
  );
  signed.set(`${folder}/Signature.xml`, xml);
  signed.set(`${folder}/SignedValue.dat`, signatureValue(xml, `/${folder}/Signature.xml`, seal, wish));
  if (wish.keepSeal) signed.set(`${folder}/Seal.esl`, seal);
  return signed;
}

function signatureXml(covered: readonly [string, Buffer][], value: string, wish: OfdSignatureWish): string {
  const { signer, signedAt = new Date(), checkMethod, keepSeal } = wish;
  const method = checkMethod ?? signer.key.digestAlgorithm;
  const references = covered.map(([path, bytes]) => {
    const digest = createHash(DIGESTS[method] ?? 'sha256')
      .update(bytes)
      .digest('base64');
    return `<ofd:Reference FileRef="/${path}"><ofd:CheckValue>${digest}</ofd:CheckValue></ofd:Reference>`;
  });
  return (
    `<?xml version="1.0" encoding="UTF-8"?><ofd:Signature ${NAMESPACE}><ofd:SignedInfo><ofd:Provider ProviderName="sample"/>` +
    `<ofd:SignatureMethod>${signer.key.signatureAlgorithm}</ofd:SignatureMethod><ofd:SignatureDateTime>${timeText(signedAt)}</ofd:SignatureDateTime>` +
    `<ofd:References CheckMethod="${method}">${references.join('')}</ofd:References>` +
    `${keepSeal ? '<ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal>' : ''}</ofd:SignedInfo>` +
    `<ofd:SignedValue>${value}</ofd:SignedValue></ofd:Signature>`
  );
}

function signatureValue(xml: Buffer, path: string, seal: Buffer, wish: OfdSignatureWish): Buffer {
  const { signer, form = 'v4', signedAt = new Date() } = wish;
  if (form === 'pkcs7') return signCms(xml, { signer, signedAt, numbers: signer.key.digest === 'sm3' ? 'gm' : 'pkcs7' });
  const hash = bits(createHash(signer.key.digest).update(xml).digest());
  const algorithm = objectIdentifier(signer.key.signatureAlgorithm);
  if (form === 'v1') {
    const time = bits(Buffer.from(timeText(signedAt).slice(2), 'latin1'));
    const toSign = sequence(integer(1), seal, time, hash, ia5(path), octets(signer.certificate), algorithm);
    return sequence(toSign, bits(signer.key.sign(toSign)));
  }
  const toSign = sequence(integer(4), seal, generalizedTime(signedAt), hash, ia5(path));
  return sequence(toSign, octets(signer.certificate), algorithm, bits(signer.key.sign(toSign)));
}

/** The seal itself: what it is, whose it is, its picture, and its maker's signature of that. */
function sealOf(wish: OfdSignatureWish): Buffer {
  const { signer, maker = signer, form = 'v4', signedAt = new Date() } = wish;
  const { sealFrom = new Date(signedAt.getTime() - MONTH_MS), sealTo = new Date(signedAt.getTime() + MONTH_MS) } = wish;
  const time = form === 'v1' ? utcTime : generalizedTime;
  const kind = form === 'v1' ? [] : [integer(wish.listedAs === 'digests' ? 2 : 1)];
  const property = sequence(integer(1), utf8('财政票据专用章'), ...kind, listOf(wish), ...[sealFrom, sealFrom, sealTo].map(time));
  const infoWith = (data: Buffer) =>
    sequence(
      sequence(ia5('ES'), integer(form === 'v1' ? 1 : 4), ia5('sample')),
      ia5('32010000000001'),
      property,
      sequence(ia5('png'), octets(data), integer(40), integer(40)),
    );
  const { picture = Buffer.from('89504e47', 'hex'), sealMadeFor = picture } = wish;
  const info = infoWith(picture);
  const parts = [octets(maker.certificate), objectIdentifier(maker.key.signatureAlgorithm)];
  const made = bits(maker.key.sign(sequence(infoWith(sealMadeFor), ...parts)));
  return form === 'v1' ? sequence(info, sequence(...parts, made)) : sequence(info, ...parts, made);
}

function listOf({ signer, listed = [signer.certificate], listedAs }: OfdSignatureWish): Buffer {
  if (listedAs !== 'digests') return sequence(...listed.map(octets));
  return sequence(...listed.map((der) => sequence(printable('SM3'), octets(createHash('sm3').update(der).digest()))));
}
