import { sampleBill } from '../bill/sample-bill';
import { billXml } from './bill-xml';

describe('billXml', () => {
  const bill = sampleBill(3, { today: '2026-11-22' });

  it('writes the elements under the names of the e-bill', () => {
    const xml = billXml(bill);
    expect(xml).toContain(`<EInvoiceCode>${bill.elements.billCode}</EInvoiceCode>`);
    expect(xml).toContain(`<IssueDate>${bill.elements.issueDate.replaceAll('-', '')}</IssueDate>`);
    expect(xml.match(/<Item>/gu)).toHaveLength(bill.items.length);
  });

  it('keeps marks in a value from becoming markup', () => {
    expect(billXml({ ...bill, payer: 'A&B<C' })).toContain('<PayerPartyName>A&amp;B&lt;C</PayerPartyName>');
  });
});
