import { sampleBill } from '../bill/sample-bill';
import { billPdf } from './bill-pdf';

const BILL = sampleBill(7, { today: '2026-11-22' });
const textOf = (pdf: Buffer) => pdf.toString('latin1');

describe('billPdf', () => {
  it('sets bills in fonts that the file holds, a page each', async () => {
    const pdf = textOf(await billPdf([BILL, BILL]));
    expect(pdf.startsWith('%PDF-1.7')).toBe(true);
    expect(pdf.match(/\/Type \/Page\b/gu)).toHaveLength(2);
    expect(pdf).toContain('/FontFile');
  });

  it('makes one picture of a scanned page, without a font', async () => {
    const pdf = textOf(await billPdf([BILL], { form: 'scan' }));
    expect(pdf.match(/\/Subtype \/Image/gu)).toHaveLength(1);
    expect(pdf).not.toContain('/FontFile');
  });

  it('attaches the XML and other files, and locks the file as asked', async () => {
    const options = { form: 'scan', hasXml: true, attachments: [{ name: 'a.txt', content: 'a' }] } as const;
    expect(textOf(await billPdf([BILL], options)).match(/\/Type \/EmbeddedFile/gu)).toHaveLength(2);
    expect(textOf(await billPdf([BILL], { form: 'scan', userPassword: 'secret' }))).toContain('/Encrypt');
  });
});
