import { zipSync } from 'fflate';
import { png } from './hostile-pictures';
import { HARMLESS, type HostileFile } from './hostile-file';

const REFUSED = ['refused: damaged', 'refused: unsafe', 'refused: too-large'] as const;
const ANY = [...HARMLESS, ...REFUSED, 'refused: unsupported-form'] as const;

const NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"';
const ENTRY = `<ofd:OFD ${NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`;

const documentOf = (inner: string, box = '0 0 210 140') =>
  `<ofd:Document ${NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>${box}</ofd:PhysicalBox></ofd:PageArea>${inner}</ofd:Document>`;
const ONE_PAGE = '</ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Page.xml"/></ofd:Pages>';
const pageOf = (content: string, before = '') =>
  `<ofd:Page ${NAMESPACE}>${before}<ofd:Content><ofd:Layer ID="2">${content}</ofd:Layer></ofd:Content></ofd:Page>`;
const text = (boundary: string, code: string) => `<ofd:TextObject ID="3" Boundary="${boundary}" Font="1" Size="5">${code}</ofd:TextObject>`;

const forty = <T>(make: (index: number) => T): T[] => Array.from({ length: 40 }, (_, i) => make(i));

interface Files {
  [path: string]: string | Uint8Array;
}

function ofd(files: Files): Buffer {
  const all: Files = { 'OFD.xml': ENTRY, 'Doc_0/Document.xml': documentOf(ONE_PAGE), 'Doc_0/Page.xml': pageOf(''), ...files };
  const packed = Object.entries(all).map(([path, content]) => [
    path,
    typeof content === 'string' ? new Uint8Array(Buffer.from(content)) : content,
  ]);
  return Buffer.from(zipSync(Object.fromEntries(packed) as Record<string, Uint8Array>, { mtime: '2026-01-01T00:00:00' }));
}

/** OFD documents whose structure or drawing is made to exhaust a reader, or to lead it elsewhere. `home` is an address that counts who asks it. */
export function hostileOfds(home: string): HostileFile[] {
  const hostile = (name: string, ends: readonly string[], files: () => Files): HostileFile => ({ name, make: () => ofd(files()), ends });
  const page = (name: string, content: () => string, ends: readonly string[] = ANY) =>
    hostile(name, ends, () => ({ 'Doc_0/Page.xml': pageOf(content()) }));
  const elsewhere = (path: string) =>
    hostile(`a page at ${path}`, ANY, () => ({ 'Doc_0/Document.xml': documentOf(ONE_PAGE.replace('Page.xml', path)) }));
  const resources = (inner: string): Files => ({
    'Doc_0/Document.xml': documentOf(`<ofd:DocumentRes>Res.xml</ofd:DocumentRes>${ONE_PAGE}`),
    'Doc_0/Res.xml': `<ofd:Res ${NAMESPACE}>${inner}</ofd:Res>`,
  });
  const unit = (id: number, content: string) =>
    `<ofd:CompositeGraphicUnit ID="${id}" Width="10" Height="10"><ofd:Content>${content}</ofd:Content></ofd:CompositeGraphicUnit>`;
  const use = (id: number) => `<ofd:CompositeObject ID="9" Boundary="0 0 10 10" ResourceID="${id}"/>`;
  const template = (inner: string): Files => ({
    'Doc_0/Document.xml': documentOf(
      `<ofd:TemplatePage ID="7" BaseLoc="Page.xml"/><ofd:TemplatePage ID="8" BaseLoc="Tpl.xml"/>${ONE_PAGE}`,
    ),
    'Doc_0/Page.xml': pageOf('', '<ofd:Template TemplateID="8"/>'),
    'Doc_0/Tpl.xml': pageOf('', inner),
  });
  return [
    hostile('a template that is drawn on itself', ANY, () => template('<ofd:Template TemplateID="8"/>')),
    hostile('a template on which its page is drawn', ANY, () => template('<ofd:Template TemplateID="7"/>')),
    hostile('a thousand templates on one page', ANY, () => ({
      ...template(''),
      'Doc_0/Page.xml': pageOf('', '<ofd:Template TemplateID="8"/>'.repeat(1_000)),
    })),
    hostile('a unit that is made of itself', ANY, () => ({
      ...resources(`<ofd:CompositeGraphicUnits>${unit(5, use(5))}</ofd:CompositeGraphicUnits>`),
      'Doc_0/Page.xml': pageOf(use(5)),
    })),
    hostile('units that are made of ten of the next', ANY, () => ({
      ...resources(
        `<ofd:CompositeGraphicUnits>${Array.from({ length: 8 }, (_, i) => unit(10 + i, use(11 + i).repeat(10))).join('')}${unit(18, text('0 0 9 9', '<ofd:TextCode X="0" Y="5">a</ofd:TextCode>'))}</ofd:CompositeGraphicUnits>`,
      ),
      'Doc_0/Page.xml': pageOf(use(10)),
    })),
    hostile('draw parameters that rest on themselves', ANY, () => ({
      ...resources('<ofd:DrawParams><ofd:DrawParam ID="5" Relative="5"/></ofd:DrawParams>'),
      'Doc_0/Page.xml': pageOf(
        '<ofd:PathObject ID="3" Boundary="0 0 9 9" DrawParam="5"><ofd:AbbreviatedData>M 0 0 L 9 9</ofd:AbbreviatedData></ofd:PathObject>',
      ),
    })),
    hostile('resources that are the document', ANY, () => ({
      'Doc_0/Document.xml': documentOf(
        `<ofd:DocumentRes>Document.xml</ofd:DocumentRes><ofd:PublicRes>/Doc_0/Document.xml</ofd:PublicRes>${ONE_PAGE}`,
      ),
    })),
    hostile('the same page 100,000 times', ['refused: too-large', 'refused: unsafe'], () => ({
      'Doc_0/Document.xml': documentOf(ONE_PAGE.replace(/<ofd:Page .*?\/>/u, (each) => each.repeat(100_000))),
    })),
    hostile('the same document 10,000 times', REFUSED, () => ({
      'OFD.xml': ENTRY.replace(/<ofd:DocBody>.*<\/ofd:DocBody>/u, (each) => each.repeat(10_000)),
    })),
    hostile('a document that is its own entry', ANY, () => ({ 'OFD.xml': ENTRY.replace('Doc_0/Document.xml', 'OFD.xml') })),
    ...[
      '../../../etc/passwd',
      '/etc/passwd',
      'file:///etc/passwd',
      `${home}/page`,
      '//etc/passwd',
      'Page.xml/../../../../etc/passwd',
      '',
    ].map(elsewhere),
    hostile('a page in another document', ANY, () => ({
      'Doc_0/Page.xml': `<!DOCTYPE a [<!ENTITY f SYSTEM "${home}/ofd">]>${pageOf('&f;')}`,
    })),
    hostile('an encryption', ['refused: encrypted'], () => ({
      'OFD.xml': ENTRY.replace('</ofd:OFD>', '<ofd:Encryptions>a</ofd:Encryptions></ofd:OFD>'),
    })),
    hostile('two names that differ by case', ['refused: unsafe'], () => ({ 'doc_0/document.XML': 'a' })),
    ...['0 0 1e30 1e30', '0 0 NaN NaN', '0 0 -1 -1', '0 0 0 0', '0 0 0.000001 0.000001', '0 0 99999999 99999999', 'a b c d'].map((box) =>
      hostile(`a page of ${box}`, ANY, () => ({ 'Doc_0/Document.xml': documentOf(ONE_PAGE, box) })),
    ),
    page('a hundred thousand texts', () => text('0 0 9 9', '<ofd:TextCode X="0" Y="5">bill</ofd:TextCode>').repeat(90_000)),
    page('a million texts', () => text('0 0 9 9', '<ofd:TextCode X="0" Y="5">a</ofd:TextCode>').repeat(1_000_000), REFUSED),
    page('a text of a million characters', () =>
      text('0 0 200 9', `<ofd:TextCode X="0" Y="5" DeltaX="g 1000000 0.001">${'a'.repeat(1_000_000)}</ofd:TextCode>`),
    ),
    page('a text with a step repeated 2 thousand million times', () =>
      text('0 0 200 9', '<ofd:TextCode X="0" Y="5" DeltaX="g 2147483647 1 g 2147483647 1">abc</ofd:TextCode>'),
    ),
    page('texts where no page is', () =>
      text('1e30 -1e30 1e308 NaN', '<ofd:TextCode X="1e308" Y="-1e308" DeltaX="NaN Infinity">abc</ofd:TextCode>').repeat(50),
    ),
    page(
      'a letter of a thousand kilometres',
      () =>
        '<ofd:TextObject ID="3" Boundary="0 0 9 9" Font="1" Size="1000000000" HScale="1e30" CTM="1e30 0 0 1e30 0 0"><ofd:TextCode X="0" Y="5">abc</ofd:TextCode></ofd:TextObject>',
    ),
    page('layers in one another, 10,000 deep', () => '<ofd:PageBlock ID="4">'.repeat(10_000) + '</ofd:PageBlock>'.repeat(10_000), REFUSED),
    page(
      'a path of a million curves',
      () =>
        `<ofd:PathObject ID="3" Boundary="0 0 200 100" Stroke="true" LineWidth="1"><ofd:AbbreviatedData>M 0 0 ${'B 0 0 100 100 200 0 '.repeat(500_000)}</ofd:AbbreviatedData></ofd:PathObject>`,
    ),
    page(
      'ten thousand paths of a hundred lines over texts',
      () =>
        `${text('0 0 200 9', '<ofd:TextCode X="0" Y="5" DeltaX="g 40 4">abcdefghijklmnopqrstuvwxyzabcdefghijklmn</ofd:TextCode>').repeat(100)}${`<ofd:PathObject ID="3" Boundary="0 0 210 140" Fill="true"><ofd:AbbreviatedData>M 0 0 ${'L 210 140 L 0 1 '.repeat(15)} C</ofd:AbbreviatedData></ofd:PathObject>`.repeat(10_000)}`,
    ),
    page(
      'a dash of nothing',
      () =>
        '<ofd:PathObject ID="3" Boundary="0 0 200 100" DashPattern="0.0000001 0" LineWidth="1e30"><ofd:AbbreviatedData>M 0 0 L 1e30 1e30 A 1e9 1e9 0 1 1 5 5</ofd:AbbreviatedData></ofd:PathObject>',
    ),
    page('pictures that are not there', () => '<ofd:ImageObject ID="3" Boundary="0 0 200 100" ResourceID="99"/>'.repeat(50)),
    hostile('a picture that is the document', ANY, () => ({
      ...resources(
        '<ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>Document.xml</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>',
      ),
      'Doc_0/Page.xml': pageOf('<ofd:ImageObject ID="3" Boundary="0 0 200 100" ResourceID="5"/>'),
    })),
    hostile('a picture that is an SVG which asks the network', ANY, () => ({
      ...resources(
        '<ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>',
      ),
      'Doc_0/a.png': `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image xlink:href="${home}/svg" width="9" height="9"/><image xlink:href="file:///etc/passwd" width="9" height="9"/></svg>`,
      'Doc_0/Page.xml': pageOf('<ofd:ImageObject ID="3" Boundary="0 0 200 100" ResourceID="5"/>'),
    })),
    hostile('a scan of 900 megapixels', ANY, () => ({
      ...resources(
        '<ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>',
      ),
      'Doc_0/a.png': png(30_000, 30_000, 2_600),
      'Doc_0/Page.xml': pageOf('<ofd:ImageObject ID="3" Boundary="0 0 210 140" ResourceID="5"/>'),
    })),
    hostile('forty pictures of 49 megapixels on one page', ANY, () => ({
      ...resources(
        `<ofd:MultiMedias>${forty((i) => `<ofd:MultiMedia ID="${100 + i}" Type="Image"><ofd:MediaFile>${i}.png</ofd:MediaFile></ofd:MultiMedia>`).join('')}</ofd:MultiMedias>`,
      ),
      ...Object.fromEntries(forty((i) => [`Doc_0/${i}.png`, png(7_000, 7_000, 144)])),
      'Doc_0/Page.xml': pageOf(forty((i) => `<ofd:ImageObject ID="3" Boundary="0 ${i} 40 40" ResourceID="${100 + i}"/>`).join('')),
    })),
    hostile('an attachment with a billion laughs', ANY, () => ({
      'Doc_0/Document.xml': documentOf(`${ONE_PAGE}<ofd:Attachments>Attachs.xml</ofd:Attachments>`),
      'Doc_0/Attachs.xml': `<ofd:Attachments ${NAMESPACE}><ofd:Attachment ID="1" Name="a" Format="xml"><ofd:FileLoc>a.xml</ofd:FileLoc></ofd:Attachment></ofd:Attachments>`,
      'Doc_0/a.xml': `<!DOCTYPE a [<!ENTITY f SYSTEM "${home}/attached">]><a>&f;</a>`,
    })),
  ];
}
