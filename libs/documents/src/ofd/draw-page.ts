import { childOf, childrenOf } from '../xml/find-elements';
import type { XmlElement } from '../xml/read-xml';
import type { Drawn } from './drawn';
import { Drawing } from './draw-content';
import type { OfdDocument, PageRef } from './ofd-document';
import type { OfdPackage } from './ofd-package';
import { type Paper, paperOf } from './page-area';
import { readBox } from './read-numbers';

/** All that a page shows, in the order it is drawn in. */
export interface DrawnPage {
  paper: Paper;
  drawn: readonly Drawn[];
}

/** What is drawn first, to what lies on top. */
const ORDER = ['Background', 'Body', 'Foreground'] as const;

interface Layer {
  element: XmlElement;
  order: number;
}

/** Draws a page with its templates and annotations. Throws `DocumentError`. */
export async function drawPage(ofd: OfdPackage, { id, path, document }: PageRef): Promise<DrawnPage> {
  const page = await ofd.xml(path);
  await loadResources(ofd, page, path, document);
  const templates = await templatesOf(ofd, page, document);
  const paper = paperOf([childOf(page, 'Area'), ...templates.map(({ root }) => childOf(root, 'Area')), document.area]);
  const drawing = new Drawing(document.resources, paper.toPixels, paper.bounds);
  const layers = [...templates.flatMap(({ root, zOrder }) => layersOf(root, zOrder)), ...layersOf(page)];
  for (const { element } of layers.sort((a, b) => a.order - b.order)) drawing.drawContent(element);
  for (const file of document.annotations.get(id) ?? []) drawAnnotations(drawing, await ofd.xml(file));
  return { paper, drawn: drawing.drawn };
}

async function loadResources(ofd: OfdPackage, page: XmlElement, path: string, document: OfdDocument): Promise<void> {
  for (const location of childrenOf(page, 'PageRes')) {
    const res = ofd.resolve(location.text, path);
    if (res !== null) await document.resources.load(res);
  }
}

async function templatesOf(ofd: OfdPackage, page: XmlElement, document: OfdDocument): Promise<{ root: XmlElement; zOrder: string }[]> {
  const templates = [];
  for (const { attributes } of childrenOf(page, 'Template')) {
    const template = document.templates.get(attributes.get('TemplateID') ?? '');
    if (!template) continue;
    const root = await ofd.xml(template.path);
    await loadResources(ofd, root, template.path, document);
    templates.push({ root, zOrder: attributes.get('ZOrder') ?? template.zOrder ?? 'Background' });
  }
  return templates;
}

/** A template lies below or above the page as a whole; the page's own layers by their kind. */
function layersOf(root: XmlElement, zOrder?: string): Layer[] {
  return childrenOf(childOf(root, 'Content'), 'Layer').map((element) => {
    const type = zOrder ?? element.attributes.get('Type') ?? 'Body';
    const order = ORDER.indexOf(type as (typeof ORDER)[number]);
    return { element, order: order < 0 ? ORDER.indexOf('Body') : order };
  });
}

/** What stamps and notes look like; they lie on top of the page. */
function drawAnnotations(drawing: Drawing, root: XmlElement): void {
  for (const annotation of childrenOf(root, 'Annot')) {
    if (annotation.attributes.get('Visible') === 'false') continue;
    for (const appearance of childrenOf(annotation, 'Appearance')) {
      const boundary = readBox(appearance.attributes.get('Boundary'));
      drawing.drawContent(appearance, [boundary?.x ?? 0, boundary?.y ?? 0]);
    }
  }
}
