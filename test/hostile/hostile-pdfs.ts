import { billPdf, sampleBill } from '@app/samples';
import { denseZlib } from './dense-deflate';
import { HARMLESS, type HostileFile } from './hostile-file';
import { onePage, pdfFile, type PdfObject } from './pdf-file';

const REFUSED = ['refused: damaged', 'refused: unsafe', 'refused: too-large'] as const;
const ANY = [...HARMLESS, ...REFUSED] as const;

const catalogue = '<< /Type /Catalog /Pages 2 0 R >>';
const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 420] >>';

/** PDFs whose structure, content or fonts are made to exhaust a reader, or to make it act. `home` is an address that counts who asks it. */
export function hostilePdfs(home: string): HostileFile[] {
  return [...structures(), ...contents(), ...actions(home)];
}

function structures(): HostileFile[] {
  const pdf = (
    name: string,
    objects: readonly PdfObject[],
    ends: readonly string[],
    options?: Parameters<typeof pdfFile>[1],
  ): HostileFile => ({ name, make: () => pdfFile(objects, options), ends });
  const box = (values: string): HostileFile => ({
    name: `a page of ${values}`,
    make: () => onePage('', [], { page: `/MediaBox [${values}]` }),
    ends: ANY,
  });
  return [
    pdf('a table of objects that is missing', [catalogue, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page], ANY, { xref: '' }),
    pdf('a table of objects that is full of lies', [catalogue, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page], ANY, {
      xref: 'xref\n0 2000000000\n9999999999 65535 n \ntrailer\n<< /Size 2000000000 /Root 1 0 R >>\n',
    }),
    pdf('a table of objects before itself', [catalogue, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page], ANY, { trailer: '/Prev HERE' }),
    pdf('a page tree that is its own child', [catalogue, '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>'], REFUSED),
    pdf(
      'a page tree that leads back to its root',
      [catalogue, '<< /Type /Pages /Kids [3 0 R] /Count 2 >>', '<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 4 0 R] /Count 2 >>', page],
      ANY,
    ),
    pdf('a page that is its own parent', [catalogue, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 3 0 R >>'], ANY),
    pdf('fewer than no pages', [catalogue, '<< /Type /Pages /Kids [] /Count -5 >>'], REFUSED),
    pdf('10,000 pages', [catalogue, `<< /Type /Pages /Kids [${'3 0 R '.repeat(10_000)}] /Count 10000 >>`, page], ['refused: too-large']),
    pdf('a root that is itself', ['1 0 R'], REFUSED),
    pdf('references in a circle', ['<< /Type /Catalog /Pages 2 0 R >>', '3 0 R', '2 0 R'], REFUSED),
    pdf('100,000 arrays in one another', [catalogue, `<< /Type /Pages /Kids ${'['.repeat(100_000)} /Count 1 >>`], REFUSED),
    pdf(
      'objects that inflate a thousand times',
      [
        catalogue,
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        page,
        { dict: '/Type /ObjStm /N 1000000 /First 10 /Filter /FlateDecode', data: denseZlib(1_024, '1 0 ') },
      ],
      ANY,
    ),
    pdf(
      'a stream of the length of itself',
      [
        catalogue,
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>',
        '<< /Length 4 0 R >>\nstream\nq Q\nendstream',
      ],
      ANY,
    ),
    pdf(
      'an attached file that inflates a thousand times',
      [
        '<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(a.xml) 4 0 R] >> >> >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        page,
        '<< /Type /Filespec /F (a.xml) /EF << /F 5 0 R >> >>',
        { dict: '/Type /EmbeddedFile /Filter /FlateDecode', data: denseZlib(1_024, '<a> ') },
      ],
      ANY,
    ),
    pdf(
      'a tree of names that leads in a circle',
      [
        '<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 4 0 R >> >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        page,
        '<< /Kids [4 0 R 4 0 R] >>',
      ],
      ANY,
    ),
    {
      name: 'a password',
      make: () => billPdf([sampleBill(1, { today: '2026-11-22' })], { userPassword: 'secret' }),
      ends: ['refused: encrypted'],
    },
    {
      name: 'an encryption nobody knows',
      make: () => {
        const text = onePage('', ['<< /Filter /Unknown /V 99 /R 99 /O (a) /U (b) /P -1 >>']).toString('latin1');
        return Buffer.from(text.replace('/Root 1 0 R', '/Encrypt 5 0 R /Root 1 0 R'), 'latin1');
      },
      ends: ['refused: encrypted', ...REFUSED],
    },
    ...[
      '0 0 1000000000 1000000000',
      '0 0 1e38 1e38',
      '0 0 NaN NaN',
      '0 0 0 0',
      '-5 -5 -1 -1',
      '0 0 0.0001 100000',
      '0 0 99999999999999999999 1',
    ].map(box),
  ];
}

function contents(): HostileFile[] {
  const drawn = (name: string, content: PdfObject | string, more: readonly PdfObject[] = [], resources = ''): HostileFile => ({
    name,
    make: () => onePage(content, more, { page: `/Resources << ${resources} >>` }),
    ends: ANY,
  });
  const packed = (mebibytes: number, pattern: string): PdfObject => ({ dict: '/Filter /FlateDecode', data: denseZlib(mebibytes, pattern) });
  const form = (content: string, resources: string): PdfObject => ({
    dict: `/Type /XObject /Subtype /Form /BBox [0 0 595 420] /Resources << ${resources} >>`,
    data: content,
  });
  const image = (width: number, height: number, more = ''): PdfObject => ({
    dict: `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8 /ColorSpace /DeviceRGB ${more}`,
    data: 'abc',
  });
  const forms = Array.from({ length: 12 }, (_, i) => form('/F Do '.repeat(10), `/XObject << /F ${i + 6} 0 R >>`));
  const onImage = '/XObject << /I 5 0 R >>';
  return [
    drawn('a content that inflates to blanks without end', packed(1_024, ' ')),
    drawn('a content of a hundred million operators', packed(256, 'q ')),
    drawn(
      'a content of ten million words',
      packed(64, 'BT (a) Tj ET '),
      ['<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
      '/Font << /F 5 0 R >>',
    ),
    drawn('a content of ten million lines', packed(128, '0 0 m 9 9 l S ')),
    drawn('a picture in its content without end', 'BI /W 100000 /H 100000 /BPC 8 /CS /RGB ID aaaa'),
    drawn('a form that draws itself', '/F Do', [form('/F Do', '/XObject << /F 5 0 R >>')], '/XObject << /F 5 0 R >>'),
    drawn(
      'two forms that draw each other',
      '/F Do',
      [form('/G Do', '/XObject << /G 6 0 R >>'), form('/F Do', '/XObject << /F 5 0 R >>')],
      '/XObject << /F 5 0 R >>',
    ),
    drawn('forms that draw ten of the next, twelve deep', '/F Do', [...forms, form('0 0 m 9 9 l S', '')], '/XObject << /F 5 0 R >>'),
    drawn(
      'a pattern that is painted with itself',
      '/Pattern cs /P scn 0 0 595 420 re f',
      [
        {
          dict: '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 1 /YStep 1 /Resources << /Pattern << /P 5 0 R >> >>',
          data: '/Pattern cs /P scn 0 0 1 1 re f',
        },
      ],
      '/Pattern << /P 5 0 R >>',
    ),
    drawn(
      'a pattern of thousand millions of tiles',
      '/Pattern cs /P scn 0 0 595 420 re f',
      [
        {
          dict: '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.00001 /YStep 0.00001 /Resources << >>',
          data: '0 0 1 1 re f',
        },
      ],
      '/Pattern << /P 5 0 R >>',
    ),
    drawn('a line of thousand millions of dashes', '[0.000001 0.000001] 0 d 0 0 m 100000 100000 l S'),
    drawn('a line as wide as a continent', '1e30 w -1e30 -1e30 m 1e30 1e30 l S'),
    drawn(
      'coordinates that are no numbers',
      'NaN 1e400 m --5 9999999999999999999999 l 0 0 0 0 0 0 c S 0 0 0 0 0 0 cm 1e30 0 0 1e30 0 0 cm',
    ),
    drawn('a picture of 100,000 by 100,000 pixels', 'q 595 0 0 420 0 0 cm /I Do Q', [image(100_000, 100_000)], onImage),
    drawn('a picture of pixels that overflow', 'q 595 0 0 420 0 0 cm /I Do Q', [image(2_147_483_647, 2_147_483_647)], onImage),
    drawn(
      'a picture that inflates to 1 GiB',
      'q 595 0 0 420 0 0 cm /I Do Q',
      [{ ...(image(16_000, 16_000, '/Filter /FlateDecode') as { dict: string }), data: denseZlib(1_024) }],
      onImage,
    ),
    drawn('a picture that is its own mask', 'q 595 0 0 420 0 0 cm /I Do Q', [image(10, 10, '/SMask 5 0 R')], onImage),
    drawn('a hundred filters over one another', { dict: `/Filter [${'/ASCIIHexDecode '.repeat(100)}]`, data: '41>' }),
    drawn(
      'a predictor of absurd columns',
      'q 595 0 0 420 0 0 cm /I Do Q',
      [
        {
          dict: '/Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 2147483647 >>',
          data: denseZlib(4),
        },
      ],
      onImage,
    ),
    drawn(
      'a font whose letters are written in itself',
      'BT /F 20 Tf (aaaa) Tj ET',
      [
        '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 /Widths [1] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >> /Resources << /Font << /F 5 0 R >> >> >>',
        { dict: '', data: '1 0 d0 BT /F 1 Tf (aaaa) Tj ET' },
      ],
      '/Font << /F 5 0 R >>',
    ),
    drawn(
      'a font file that inflates a thousand times',
      'BT /F 20 Tf (aaaa) Tj ET',
      [
        '<< /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar 97 /LastChar 97 /Widths [500] /FontDescriptor 6 0 R >>',
        '<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 7 0 R >>',
        { dict: '/Filter /FlateDecode', data: denseZlib(1_024, '\0\x01\0\0') },
      ],
      '/Font << /F 5 0 R >>',
    ),
    drawn(
      'a map of characters that inflates a thousand times',
      'BT /F 20 Tf (aaaaaaaaaaaaaaaaaaaa) Tj ET',
      [
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>',
        { dict: '/Filter /FlateDecode', data: denseZlib(512, '1 beginbfrange <00> <ffff> <0000> endbfrange ') },
      ],
      '/Font << /F 5 0 R >>',
    ),
    drawn(
      'shades by a function that calls itself',
      '/S sh',
      [
        '<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 595 420] /Function 6 0 R >>',
        '<< /FunctionType 3 /Domain [0 1] /Functions [6 0 R 6 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>',
      ],
      '/Shading << /S 5 0 R >>',
    ),
    drawn('a colour space that is based on itself', '/C cs 1 scn 0 0 9 9 re f', ['[/Indexed 5 0 R 255 (a)]'], '/ColorSpace << /C 5 0 R >>'),
  ];
}

function actions(home: string): HostileFile[] {
  const acting = (name: string, action: string): HostileFile => ({
    name,
    make: () =>
      onePage('', ['<< /Type /Annot /Subtype /Link /Rect [0 0 595 420] /A ' + action + ' >>'], {
        root: `/OpenAction ${action} /AA << /WC ${action} >>`,
        page: `/Annots [5 0 R] /AA << /O ${action} /C ${action} >>`,
      }),
    ends: HARMLESS,
  });
  return [
    acting('a script', `<< /S /JavaScript /JS (app.launchURL\\("${home}/script"\\); while \\(true\\);) >>`),
    acting('an address to open', `<< /S /URI /URI (${home}/uri) >>`),
    acting('a program to start', '<< /S /Launch /F (/bin/sh) >>'),
    acting('a document elsewhere', `<< /S /GoToR /F << /FS /URL /F (${home}/remote) >> /D [0 /Fit] >>`),
    acting('a form to send', `<< /S /SubmitForm /F << /FS /URL /F (${home}/form) >> >>`),
    acting('data to import', `<< /S /ImportData /F << /FS /URL /F (${home}/data) >> >>`),
    {
      name: 'a content that lies elsewhere',
      make: () => onePage({ dict: `/F << /FS /URL /F (${home}/content) >>`, data: '' }),
      ends: HARMLESS,
    },
    {
      name: 'a form that is a program',
      make: () =>
        onePage('', [{ dict: '', data: `<xdp:xdp xmlns:xdp="x"><script>while(1);</script><a href="${home}/xfa"/></xdp:xdp>` }], {
          root: '/AcroForm << /XFA 5 0 R /Fields [] /NeedAppearances true >>',
        }),
      ends: HARMLESS,
    },
  ];
}
