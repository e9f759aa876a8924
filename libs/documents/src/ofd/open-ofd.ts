import { DocumentError } from '../document.error';
import type { DocumentLimits } from '../limits';
import type { DocumentPage, OpenedDocument } from '../opened-document';
import type { DocumentSignature } from '../signatures/document-signature';
import type { SignatureJudge } from '../signatures/judge-signature';
import { checkOfdSignatures } from '../signatures/ofd/check-ofd-signatures';
import { childOf, childrenOf, childText } from '../xml/find-elements';
import type { XmlElement } from '../xml/read-xml';
import { OFD_ENTRY } from '../zip/is-ofd';
import { openArchive } from '../zip/open-archive';
import { attachedXml } from './attached-xml';
import { drawPage } from './draw-page';
import { ImageSource } from './image-source';
import { type OfdDocument, type PageRef, readOfdDocument } from './ofd-document';
import { OFD_ARCHIVE } from './ofd-limits';
import { OfdPackage } from './ofd-package';
import { readOfdPage } from './read-ofd-page';

/** Files that only an encrypted document has (GM/T 0099). */
const ENCRYPTION = /(?:^|\/)(?:encryptions?|encryptinfo|decryptseed|entriesmap)\.(?:xml|dat)$/iu;

/** Where a document lists its signatures, by the name that every program gives it. */
const SIGNATURES = /(?:^|\/)signatures\.xml$/iu;

/** Opens an OFD document (GB/T 33190). Throws `DocumentError`. */
export async function openOfd(bytes: Buffer, limits: DocumentLimits, judge: SignatureJudge): Promise<OpenedDocument> {
  const archive = await openArchive(bytes, OFD_ARCHIVE);
  const ofd = new OfdPackage(archive);
  checkNames(archive.names());
  const root = await ofd.xml(OFD_ENTRY);
  if (root.name !== 'OFD') throw new DocumentError('damaged', 'the entry point of the OFD document is none');
  if (childOf(root, 'Encryptions')) throw encrypted();
  const documents = await readDocuments(ofd, root);
  const pages = documents.flatMap((document) => document.pages);
  if (pages.length > limits.maxPages) {
    throw new DocumentError('too-many-pixels', `${pages.length} pages are more than the limit of ${limits.maxPages}`);
  }
  const images = new ImageSource(ofd, limits);
  const pageOf = pageReader(ofd, pages, images);
  return {
    mediaType: 'application/ofd',
    pageCount: pages.length,
    xml: await attachedXml(ofd, documents),
    signatures: await signaturesOf(ofd, judge),
    page: pageOf,
    // Of a page that is text only a program that draws OFD could make a picture.
    picture: async (number) => {
      const page = await pageOf(number);
      return page.kind === 'picture' ? page.image : null;
    },
    close: () => Promise.resolve(),
  };
}

/** A signature may cover every file, so all are read, but only of a document that has signatures. */
async function signaturesOf(ofd: OfdPackage, judge: SignatureJudge): Promise<DocumentSignature[]> {
  const paths = ofd.names();
  if (!paths.some((path) => SIGNATURES.test(path))) return [];
  const files = new Map<string, Buffer | null>();
  for (const path of paths) files.set(path, await ofd.bytes(path));
  return checkOfdSignatures({ paths, read: (path) => files.get(path) ?? null }, judge);
}

/** Programs that unpack a document would take names that differ by case only for one file. */
function checkNames(names: readonly string[]): void {
  if (names.some((name) => ENCRYPTION.test(name))) throw encrypted();
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) {
    throw new DocumentError('unsafe', 'the OFD document has two files whose names differ by case only');
  }
}

async function readDocuments(ofd: OfdPackage, root: XmlElement): Promise<OfdDocument[]> {
  const documents: OfdDocument[] = [];
  for (const body of childrenOf(root, 'DocBody')) {
    const path = ofd.resolve(childText(body, 'DocRoot'), OFD_ENTRY);
    if (path === null) throw new DocumentError('damaged', 'the OFD document lacks its root');
    documents.push(await readOfdDocument(ofd, path));
  }
  if (documents.length === 0) throw new DocumentError('damaged', 'the OFD document has no content');
  return documents;
}

/** The page that was asked for last is kept, because its picture may be asked for next. */
function pageReader(ofd: OfdPackage, pages: readonly PageRef[], images: ImageSource): OpenedDocument['page'] {
  let last: { number: number; page: Promise<DocumentPage> } | null = null;
  return async (number) => {
    const ref = pages[number - 1];
    if (!ref) throw new RangeError(`the document has no page ${number}`);
    if (last?.number !== number) last = { number, page: drawPage(ofd, ref).then((drawn) => readOfdPage(drawn, number, images)) };
    return last.page;
  };
}

function encrypted(): DocumentError {
  return new DocumentError('encrypted', 'the OFD document is encrypted');
}
