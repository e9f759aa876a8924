import { digest, digestAlgorithm, type DigestAlgorithm } from '../algorithms/digest-algorithm';
import { checkSignedData } from '../cms/check-cms';
import { readSignedData, type ReadSignedData } from '../cms/read-signed-data';
import type { DocumentSignature } from '../document-signature';
import { judgeSignature, type LeftOut, type SignatureJudge } from '../judge-signature';
import { notChecked, type SignatureFindings } from '../signature-findings';
import { readSignatureTime } from './asn1-time';
import { checkSes } from './check-ses';
import { FileDigests } from './file-digests';
import type { OfdEntries } from './ofd-entries';
import { readSesSignature } from './read-ses';
import { listedSignatures, readSignatureFile, signatureLists, type SignatureFile } from './signature-files';

/** A bill has two or three. */
const MAX_SIGNATURES = 16;

const UNKNOWN: LeftOut = 'it is not known what it covers';

/**
 * Checks the signatures that an OFD's list names: seals by GB/T 38540 and GM/T 0031, and bare signatures in PKCS #7. One whose files cannot be
 * read is there, but not checked; one beyond the 16th is left out. Never throws, but for what `read` of the entries throws.
 */
export function checkOfdSignatures(entries: OfdEntries, judge: SignatureJudge): DocumentSignature[] {
  const lists = attempt(() => signatureLists(entries));
  if (!lists) return [judgeSignature('ofd', notChecked('OFD.xml cannot be read'), UNKNOWN, judge)];
  return lists.flatMap((list) => new SignatureList(entries, list, judge).check()).slice(0, MAX_SIGNATURES);
}

/** The signatures of one document, with what they share: none of them covers the list, nor the files of those that came later. */
class SignatureList {
  private readonly digests: FileDigests;
  /** Files that belong to signatures, and to no page. */
  private readonly own = new Set<string>();

  constructor(
    private readonly entries: OfdEntries,
    private readonly list: string,
    private readonly judge: SignatureJudge,
  ) {
    this.digests = new FileDigests(entries);
    this.setApart(list);
  }

  check(): DocumentSignature[] {
    const listed = attempt(() => listedSignatures(this.entries, this.list));
    if (!listed) return [judgeSignature('ofd', notChecked('the list of signatures cannot be read'), UNKNOWN, this.judge)];
    const files = listed.slice(0, MAX_SIGNATURES).map((path) => this.readFile(path));
    return files.map((read) => {
      const [findings, leftOut] = typeof read === 'string' ? [notChecked(read), UNKNOWN] : this.checkOne(read);
      return judgeSignature('ofd', findings, leftOut, this.judge);
    });
  }

  /** Signature.xml at this path; why not, where it cannot be read. */
  private readFile(path: string): OpenedSignature | string {
    const xml = this.entries.read(path);
    if (!xml) return 'its Signature.xml is missing';
    const file = attempt(() => readSignatureFile(xml, path));
    if (!file) return 'its Signature.xml cannot be read';
    for (const own of [path, file.signedValue, file.seal]) if (own !== null) this.setApart(own);
    return { xml, file };
  }

  /** Only below the folder of signatures, lest a list that nobody signed set a page apart. */
  private setApart(path: string): void {
    const folder = this.list.slice(0, this.list.lastIndexOf('/') + 1);
    if (path === this.list || (folder !== '' && path.startsWith(folder))) this.own.add(path);
  }

  private checkOne({ xml, file }: OpenedSignature): [SignatureFindings, LeftOut] {
    const algorithm = digestAlgorithm(file.checkMethod);
    if (!algorithm) return [notChecked('its digest algorithm is not known'), UNKNOWN];
    const changed = this.changedFile(file, algorithm);
    const findings = this.checkValue(xml, file);
    const known = { ...findings, signedAt: findings.signedAt ?? readSignatureTime(file.signedAt ?? '') };
    if (changed !== null) return [{ ...known, digestMatches: false, why: changed }, this.leftOut(file)];
    const weakness = findings.weakness ?? (algorithm.broken ? `it rests on ${algorithm.name}, which is broken` : null);
    // Where there is no value to check, the digests of the files can be compared all the same.
    return [
      { ...known, weakness, digestMatches: findings.digestMatches ?? (file.references.length > 0 ? true : null) },
      this.leftOut(file),
    ];
  }

  private checkValue(xml: Uint8Array, { checkMethod, signedValue, seal }: SignatureFile): SignatureFindings {
    const value = signedValue === null ? null : this.entries.read(signedValue);
    if (!value) return notChecked('its value is missing');
    // By its form, and not by the type in the list, which nobody signed.
    const ses = readSesSignature(value);
    if (ses) return checkSes(ses, { xml, checkMethod, sealBeside: seal === null ? null : this.entries.read(seal) });
    const signedData = attempt(() => readSignedData(value));
    return (signedData && attempt(() => checkBare(signedData, xml))) ?? notChecked('its value is neither a seal nor PKCS #7');
  }

  private changedFile({ references }: SignatureFile, algorithm: DigestAlgorithm): string | null {
    for (const { path, checkValue } of references) {
      const value = path === null ? null : this.digests.of(path, algorithm);
      if (!value) return 'a file that it covers is missing';
      if (!value.equals(checkValue)) return 'a file that it covers was changed';
    }
    return null;
  }

  private leftOut({ references }: SignatureFile): LeftOut {
    const covered = new Set(references.map(({ path }) => path));
    return this.entries.paths.some((path) => !covered.has(path) && !this.own.has(path)) ? 'it does not cover every file' : null;
  }
}

interface OpenedSignature {
  xml: Uint8Array;
  file: SignatureFile;
}

/** A signature of Signature.xml, or of its digest where it holds that as its content (GB/T 35275 as OFD uses it). */
function checkBare(signedData: ReadSignedData, xml: Uint8Array): SignatureFindings {
  const { content } = signedData;
  if (!content || content.equals(xml)) return checkSignedData(signedData, [xml]);
  const algorithm = digestAlgorithm(signedData.signerInfo.digestAlgorithm.algorithm);
  const findings = checkSignedData(signedData, [content]);
  if (!algorithm || !digest(algorithm, xml).equals(content))
    return { ...findings, digestMatches: false, why: 'it is not of this Signature.xml' };
  return { ...findings, weakness: findings.weakness ?? (algorithm.broken ? `it rests on ${algorithm.name}, which is broken` : null) };
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
