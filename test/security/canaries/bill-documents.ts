import { billOfd, billPdf, billXml, renderBill } from '@app/samples';
import sharp from 'sharp';
import type { Canaries } from './canary';
import type { MarkedBill } from './marked-bill';
import { withPngText } from './png-text';
import type { UploadedBytes } from './searcher';

/** A document of a marked bill, as it is uploaded: its name is a canary, too. */
export interface BillDocument extends UploadedBytes {
  form: DocumentForm;
  mediaType: string;
}

/** Pictures are read by models and take longest; of the forms in the order of bills, they are three of ten. */
const FORMS = ['png', 'pdf', 'ofd', 'xml', 'jpeg', 'xml', 'ofd', 'pdf', 'scan', 'xml'] as const;
export type DocumentForm = (typeof FORMS)[number];

/** A clean page, small enough to be read soon. */
const WIDTH = 1400;

/** Makes the document of a bill, with canaries in every corner that its form has. */
export async function documentOf(marked: MarkedBill, canaries: Canaries): Promise<BillDocument> {
  const form = FORMS[marked.number % FORMS.length] ?? 'xml';
  const { bytes, mediaType, ending } = await WRITERS[form](marked, canaries);
  return { form, bytes, mediaType, name: `${canaries.mint('fileName')}.${ending}` };
}

interface Written {
  bytes: Buffer;
  mediaType: string;
  ending: string;
}

const WRITERS: Readonly<Record<DocumentForm, (marked: MarkedBill, canaries: Canaries) => Promise<Written>>> = {
  png: async ({ bill, number }, canaries) => {
    const { image } = await renderBill(bill, { seed: number, width: WIDTH });
    const tagged = await sharp(image).withExif(exif(canaries)).png().toBuffer();
    return { bytes: withPngText(tagged, 'Comment', canaries.mint('pngText')), mediaType: 'image/png', ending: 'png' };
  },
  jpeg: async ({ bill, number }, canaries) => {
    const { image } = await renderBill(bill, { seed: number, width: WIDTH });
    return { bytes: await sharp(image).withExif(exif(canaries)).jpeg({ quality: 90 }).toBuffer(), mediaType: 'image/jpeg', ending: 'jpg' };
  },
  pdf: async ({ bill, number }, canaries) => pdf(await billPdf([bill], { ...hidden(canaries), seed: number })),
  scan: async ({ bill, number }, canaries) => pdf(await billPdf([bill], { ...hidden(canaries), seed: number, form: 'scan' })),
  ofd: async ({ bill, number }, canaries) => {
    const files = {
      'Doc_0/Custom.xml': `<CustomDatas><CustomData Name="author">${canaries.mint('ofdPart')}</CustomData></CustomDatas>`,
      [`Doc_0/${canaries.mintPlain('ofdPart')}.txt`]: canaries.mint('ofdPart'),
    };
    const bytes = await billOfd(bill, { seed: number, attached: bill, change: (parts) => ({ ...parts, files }) });
    return { bytes, mediaType: 'application/ofd', ending: 'ofd' };
  },
  xml: ({ bill }, canaries) => {
    const text = billXml(bill).replace('</MainExt>', `<remark>${canaries.mint('xmlField')}</remark></MainExt>`);
    return Promise.resolve({ bytes: Buffer.from(text), mediaType: 'application/xml', ending: 'xml' });
  },
};

const pdf = (bytes: Buffer): Written => ({ bytes, mediaType: 'application/pdf', ending: 'pdf' });

function exif(canaries: Canaries): sharp.Exif {
  return {
    IFD0: { Artist: canaries.mintPlain('exif'), ImageDescription: canaries.mintPlain('exif') },
    IFD2: { UserComment: canaries.mintPlain('exif') },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 4321/100', GPSMapDatum: canaries.mintPlain('exif') },
  };
}

function hidden(canaries: Canaries): {
  info: Record<string, string>;
  xmp: string;
  footnote: string;
  attachments: { name: string; content: string }[];
} {
  return {
    info: { Author: canaries.mint('pdfMetadata'), Keywords: canaries.mintPlain('pdfMetadata') },
    xmp: `<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>${canaries.mint('pdfMetadata')}</dc:creator></x:xmpmeta>`,
    footnote: canaries.mint('pdfText'),
    attachments: [{ name: 'notes.txt', content: canaries.mint('pdfText') }],
  };
}
