import { strFromU8, unzipSync } from 'fflate';
import { sampleBill } from '../bill/sample-bill';
import { billXml } from '../xml/bill-xml';
import { billOfd } from './bill-ofd';

describe('billOfd', () => {
  const bill = sampleBill(5, { today: '2026-11-22' });

  it('writes what is printed as text, and the code and the seals as pictures', async () => {
    const files = unzipSync(await billOfd(bill, { attached: bill }));
    const page = strFromU8(files['Doc_0/Pages/Page_0/Content.xml']!);
    for (const value of Object.values(bill.elements)) expect(page).toContain(value);
    expect(page.match(/<ofd:ImageObject/gu)).toHaveLength(3);
    expect(Object.keys(files).filter((name) => name.startsWith('Doc_0/Res/'))).toHaveLength(3);
    expect(strFromU8(files['Doc_0/Attachs/einvoice.xml']!)).toBe(billXml(bill));
  });

  it('gives the same bytes for the same bill', async () => {
    const [one, other] = [await billOfd(bill, { qr: 'none' }), await billOfd(bill, { qr: 'none' })];
    expect(one.equals(other)).toBe(true);
    expect(Object.keys(unzipSync(one)).some((name) => name.includes('Attachs'))).toBe(false);
  });
});
