import { DocumentError } from '../document.error';
import { childOf, childrenOf, childText } from '../xml/find-elements';
import type { XmlElement } from '../xml/read-xml';
import type { OfdPackage } from './ofd-package';
import { readBox } from './read-numbers';
import { Resources } from './resources';

/** A page of a document: where its content is, and what it shares with the others. */
export interface PageRef {
  id: string;
  path: string;
  document: OfdDocument;
}

/** A document of an OFD file: what Document.xml says. */
export interface OfdDocument {
  path: string;
  area: XmlElement | undefined;
  resources: Resources;
  templates: ReadonlyMap<string, { path: string; zOrder: string | undefined }>;
  /** The files of each page's annotations, by the page's number. */
  annotations: ReadonlyMap<string, readonly string[]>;
  attachments: string | null;
  pages: readonly PageRef[];
}

/** Reads one document's structure, without its pages. Throws `DocumentError`. */
export async function readOfdDocument(ofd: OfdPackage, path: string): Promise<OfdDocument> {
  const root = await ofd.xml(path);
  const common = childOf(root, 'CommonData');
  const resources = new Resources(ofd);
  for (const location of [...childrenOf(common, 'PublicRes'), ...childrenOf(common, 'DocumentRes')]) {
    const res = ofd.resolve(location.text, path);
    if (res !== null) await resources.load(res);
  }
  const area = childOf(common, 'PageArea');
  const pages: PageRef[] = [];
  const document: OfdDocument = {
    path,
    area: readBox(childText(area, 'PhysicalBox')) ? area : undefined,
    resources,
    templates: templatesOf(common, ofd, path),
    annotations: await annotationsOf(root, ofd, path),
    attachments: ofd.resolve(childText(root, 'Attachments'), path),
    pages,
  };
  for (const page of childrenOf(childOf(root, 'Pages'), 'Page')) {
    const content = ofd.resolve(page.attributes.get('BaseLoc') ?? '', path);
    if (content === null) throw new DocumentError('damaged', 'the OFD document lacks one of its pages');
    pages.push({ id: page.attributes.get('ID') ?? '', path: content, document });
  }
  return document;
}

function templatesOf(common: XmlElement | undefined, ofd: OfdPackage, from: string): OfdDocument['templates'] {
  return new Map(
    childrenOf(common, 'TemplatePage').flatMap((template) => {
      const path = ofd.resolve(template.attributes.get('BaseLoc') ?? '', from);
      const entry = [template.attributes.get('ID') ?? '', { path: path ?? '', zOrder: template.attributes.get('ZOrder') }] as const;
      return path === null ? [] : [entry];
    }),
  );
}

async function annotationsOf(root: XmlElement, ofd: OfdPackage, from: string): Promise<OfdDocument['annotations']> {
  const list = ofd.resolve(childText(root, 'Annotations'), from);
  if (list === null) return new Map();
  const files = new Map<string, string[]>();
  for (const page of childrenOf(await ofd.xml(list), 'Page')) {
    const file = ofd.resolve(childText(page, 'FileLoc'), list);
    const id = page.attributes.get('PageID') ?? '';
    if (file !== null) files.set(id, [...(files.get(id) ?? []), file]);
  }
  return files;
}
