import { zipSync } from 'fflate';

/** What an OFD file is made of. Contents are OFD's own markup, with its usual prefix. */
export interface OfdParts {
  /** Millimetres. */
  width?: number;
  height?: number;
  /** What stands in the body layer of each page. */
  pages: readonly string[];
  /** What stands on every page below its own content. */
  template?: string;
  /** Pictures by their resource number, with their form's usual ending. */
  images?: Readonly<Record<string, { bytes: Buffer; ending: string }>>;
  /** Further resources, such as draw parameters. */
  resources?: string;
  /** What lies on top of the first page: `Annot` elements. */
  annotations?: string;
  attachments?: Readonly<Record<string, string | Buffer>>;
  /** Put beside the others, or instead of them; null takes one away. */
  files?: Readonly<Record<string, string | Buffer | null>>;
}

const NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"';

/** Packs an OFD file. The same parts give the same bytes. */
export function ofdFile(parts: OfdParts): Buffer {
  const files: Record<string, Uint8Array> = {};
  for (const [path, content] of Object.entries({ ...standardFiles(parts), ...parts.files })) {
    if (content !== null) files[path] = new Uint8Array(Buffer.from(content));
  }
  return Buffer.from(zipSync(files, { mtime: '2026-01-01T00:00:00' }));
}

function standardFiles(parts: OfdParts): Record<string, string | Buffer> {
  const files: Record<string, string | Buffer> = {
    'OFD.xml': root('OFD', '<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>', 'Version="1.0" DocType="OFD"'),
    'Doc_0/Document.xml': root('Document', documentOf(parts)),
    'Doc_0/DocumentRes.xml': root('Res', resourcesOf(parts), 'BaseLoc="Res"'),
  };
  parts.pages.forEach((content, i) => {
    const template = parts.template === undefined ? '' : '<ofd:Template TemplateID="900" ZOrder="Background"/>';
    files[`Doc_0/Pages/Page_${i}/Content.xml`] = root('Page', `${template}${layer(content)}`);
  });
  if (parts.template !== undefined) files['Doc_0/Tpls/Tpl_0/Content.xml'] = root('Page', layer(parts.template));
  for (const [id, { bytes, ending }] of Object.entries(parts.images ?? {})) files[`Doc_0/Res/image_${id}.${ending}`] = bytes;
  if (parts.annotations !== undefined) {
    const list = '<ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page>';
    files['Doc_0/Annots/Annotations.xml'] = root('Annotations', list);
    files['Doc_0/Annots/Page_0/Annotation.xml'] = root('PageAnnot', parts.annotations);
  }
  const names = Object.keys(parts.attachments ?? {});
  if (names.length > 0) files['Doc_0/Attachs/Attachments.xml'] = root('Attachments', names.map(attachment).join(''));
  for (const [name, content] of Object.entries(parts.attachments ?? {})) files[`Doc_0/Attachs/${name}`] = content;
  return files;
}

function documentOf({ width = 210, height = 140, pages, template, annotations, attachments }: OfdParts): string {
  const templatePage = template === undefined ? '' : '<ofd:TemplatePage ID="900" BaseLoc="Tpls/Tpl_0/Content.xml"/>';
  const area = `<ofd:PageArea><ofd:PhysicalBox>0 0 ${width} ${height}</ofd:PhysicalBox></ofd:PageArea>`;
  const list = pages.map((_, i) => `<ofd:Page ID="${i + 1}" BaseLoc="Pages/Page_${i}/Content.xml"/>`).join('');
  return [
    `<ofd:CommonData>${area}<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>${templatePage}</ofd:CommonData>`,
    `<ofd:Pages>${list}</ofd:Pages>`,
    annotations === undefined ? '' : '<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>',
    attachments === undefined ? '' : '<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>',
  ].join('');
}

function resourcesOf({ images = {}, resources = '' }: OfdParts): string {
  const media = Object.entries(images).map(
    ([id, { ending }]) => `<ofd:MultiMedia ID="${id}" Type="Image"><ofd:MediaFile>image_${id}.${ending}</ofd:MediaFile></ofd:MultiMedia>`,
  );
  return `<ofd:MultiMedias>${media.join('')}</ofd:MultiMedias>${resources}`;
}

function attachment(name: string, i: number): string {
  return `<ofd:Attachment ID="${800 + i}" Name="${name}"><ofd:FileLoc>${name}</ofd:FileLoc></ofd:Attachment>`;
}

function layer(content: string): string {
  return `<ofd:Content><ofd:Layer Type="Body" ID="700">${content}</ofd:Layer></ofd:Content>`;
}

function root(name: string, content: string, attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ofd:${name} ${NAMESPACE} ${attributes}>${content}</ofd:${name}>`;
}
