import { DocumentError } from '../document.error';
import { childrenOf, childText } from '../xml/find-elements';
import { looksLikeXml } from '../xml/looks-like-xml';
import { readXml, type XmlElement } from '../xml/read-xml';
import type { OfdDocument } from './ofd-document';
import { MAX_ATTACHMENTS } from './ofd-limits';
import type { OfdPackage } from './ofd-package';

/** How much of a file shows whether it is XML. */
const HEAD_BYTES = 64;

/** The roots of the attached files that are XML: those a document lists, and those that only lie in its folder of attachments. */
export async function attachedXml(ofd: OfdPackage, documents: readonly OfdDocument[]): Promise<XmlElement[]> {
  const paths = new Set<string>();
  for (const { attachments } of documents) for (const path of await listed(ofd, attachments)) paths.add(path);
  for (const name of ofd.names()) if (isUnlisted(name)) paths.add(name);
  const roots: XmlElement[] = [];
  for (const path of [...paths].slice(0, MAX_ATTACHMENTS)) {
    const root = await readAttached(ofd, path);
    if (root && root.name !== 'Attachments') roots.push(root);
  }
  return roots;
}

async function listed(ofd: OfdPackage, list: string | null): Promise<string[]> {
  if (list === null) return [];
  return childrenOf(await ofd.xml(list), 'Attachment').flatMap((attachment) => {
    const path = ofd.resolve(childText(attachment, 'FileLoc'), list);
    return path === null ? [] : [path];
  });
}

function isUnlisted(name: string): boolean {
  return /(?:^|\/)Attach(?:s|ments?)?\/.*\.xml$/iu.test(name);
}

/** What is not XML is a picture or a letter that somebody attached, and what is broken proves nothing. */
async function readAttached(ofd: OfdPackage, path: string): Promise<XmlElement | null> {
  const bytes = await ofd.bytes(path);
  if (!bytes || !looksLikeXml(bytes.subarray(0, HEAD_BYTES))) return null;
  try {
    return readXml(bytes);
  } catch (error) {
    if (error instanceof DocumentError) return null;
    throw error;
  }
}
