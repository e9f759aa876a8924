import type { BillItem } from '@app/contracts';
import type { SampleBill } from '../bill/sample-bill';

/** The bill as the Ministry of Finance's e-bill XML, unsigned; without the amount in words, for which that form has no element. */
export function billXml(bill: SampleBill): string {
  const { billCode, billNumber, checkCode, issueDate, totalAmount } = bill.elements;
  const header = leaf('EInvoiceTag', `CZ-EI-${bill.region.prefix}`) + leaf('Version', '1.1.0');
  const main = [
    leaf('EInvoiceName', bill.title),
    leaf('EInvoiceCode', billCode),
    leaf('EInvoiceNumber', billNumber),
    leaf('RandomNumber', checkCode),
    leaf('TotalAmount', totalAmount),
    leaf('IssueDate', issueDate.replaceAll('-', '')),
    wrap('InvoicingParty', leaf('InvoicingPartyName', bill.payee)),
    wrap('PayerParty', leaf('PayerPartyCode', bill.payerCreditCode) + leaf('PayerPartyName', bill.payer)),
    leaf('HandlingPerson', bill.cashier),
    leaf('Checker', bill.reviewer),
    wrap('MainExt', bill.otherInfo.map(({ en, value }) => leaf(en, value)).join('')),
  ].join('\n');
  const data = wrap('EInvoiceData', wrap('Main', main) + wrap('Details', bill.items.map(row).join('\n')));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${wrap('EInvoice', wrap('Header', header) + data)}`;
}

function row(item: BillItem): string {
  const cells = [
    leaf('ItemCode', item.itemCode),
    leaf('ItemName', item.itemName),
    leaf('ItemAmount', item.amount),
    leaf('ItemUnit', item.unit),
    leaf('ItemQuantity', item.quantity),
    leaf('ItemStd', item.standard),
    leaf('ItemRemark', item.itemRemark),
  ];
  return wrap('Item', cells.join(''));
}

function leaf(name: string, text: string): string {
  return wrap(name, text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
}

function wrap(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}
