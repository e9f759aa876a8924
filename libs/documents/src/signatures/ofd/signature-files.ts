import { readXml, type XmlElement } from '../../xml/read-xml';
import { resolvePath, type OfdEntries } from './ofd-entries';

/** A file under a signature, with the digest that it had. */
export interface FileReference {
  path: string | null;
  checkValue: Buffer;
}

/** What Signature.xml says. */
export interface SignatureFile {
  checkMethod: string;
  signedAt: string | null;
  references: FileReference[];
  /** Path of the signature's value. */
  signedValue: string | null;
  /** Path of the seal that is kept beside; null without. */
  seal: string | null;
}

const MAX_REFERENCES = 5_000;

/** The first element with this name, from here downwards, in the document's order. */
export function findElement(root: XmlElement, name: string): XmlElement | null {
  if (root.name === name) return root;
  for (const child of root.children) {
    const found = findElement(child, name);
    if (found) return found;
  }
  return null;
}

/** The paths of the lists of signatures that OFD.xml names, one for each document in it that is signed. Throws `DocumentError` for broken XML. */
export function signatureLists(entries: OfdEntries): string[] {
  const main = entries.read('OFD.xml');
  if (!main) return [];
  const named = readXml(main).children.flatMap(({ children }) => children.filter(({ name }) => name === 'Signatures'));
  return named.map(({ text }) => resolvePath(text, 'OFD.xml')).filter((path) => path !== null);
}

/** The paths of the Signature.xml of each signature in one list. Throws `DocumentError` for broken XML. */
export function listedSignatures(entries: OfdEntries, list: string): string[] {
  const bytes = entries.read(list);
  if (!bytes) return [];
  const listed: string[] = [];
  for (const { name, attributes } of readXml(bytes).children) {
    const path = name === 'Signature' ? resolvePath(attributes.get('BaseLoc') ?? '', list) : null;
    if (path) listed.push(path);
  }
  return listed;
}

/** Reads Signature.xml, whose path it needs for those in it. Throws `DocumentError` for broken XML, `RangeError` for more references than are taken. */
export function readSignatureFile(bytes: Uint8Array, path: string): SignatureFile {
  const root = readXml(bytes);
  const references = findElement(root, 'References');
  const files = references?.children.filter(({ name }) => name === 'Reference') ?? [];
  if (files.length > MAX_REFERENCES) throw new RangeError(`it has more than ${MAX_REFERENCES} references`);
  const textOf = (name: string): string | null => findElement(root, name)?.text.trim() ?? null;
  const location = (text: string | null): string | null => (text === null ? null : resolvePath(text, path));
  const seal = findElement(root, 'Seal');
  return {
    checkMethod: references?.attributes.get('CheckMethod') ?? 'MD5',
    signedAt: textOf('SignatureDateTime'),
    references: files.map((file) => ({
      path: resolvePath(file.attributes.get('FileRef') ?? '', path),
      checkValue: Buffer.from(findElement(file, 'CheckValue')?.text ?? '', 'base64'),
    })),
    signedValue: location(root.children.find(({ name }) => name === 'SignedValue')?.text.trim() ?? null),
    seal: location(seal && (findElement(seal, 'BaseLoc')?.text.trim() ?? null)),
  };
}
