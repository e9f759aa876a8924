import { billXml, sampleBill } from '@app/samples';
import { bill, line, page, replaced } from '../../../test/support/printed-page';
import type { EvidenceElement, EvidencePage } from './evidence';
import { readBills } from './read-bills';

const TODAY = '2026-11-22';
const sample = sampleBill(7, { kind: 'medical-outpatient', today: TODAY });

/** The tree of the made-up bill's XML, with some of its texts replaced; made by hand, since bills do not read files. */
function data(changes: Record<string, string> = {}): EvidenceElement {
  const text = Object.entries(changes).reduce(
    (xml, [name, value]) => xml.replace(new RegExp(`<${name}>[^<]*`, 'u'), `<${name}>${value}`),
    billXml(sample),
  );
  return tree(text.replace(/^<\?.*?\?>/u, ''));
}

function tree(xml: string): EvidenceElement {
  const root: EvidenceElement = { name: '', text: '', children: [] };
  const open = [root];
  for (const [, close, name, empty, text = ''] of xml.matchAll(/<(\/?)([\w-]+)[^>]*?(\/?)>([^<]*)/gu)) {
    if (close === '/') open.pop();
    else {
      const element = { name: name ?? '', text, children: [] };
      open.at(-1)?.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  return root.children[0] ?? root;
}

/** The print of the same bill. */
function print(changes: Parameters<typeof bill>[0] = {}, source: EvidencePage['source'] = 'text'): EvidencePage {
  const printed = bill({
    title: sample.title,
    billCode: sample.elements.billCode,
    billNumber: sample.elements.billNumber,
    checkCode: sample.elements.checkCode,
    issueDate: sample.elements.issueDate,
    payer: sample.payer,
    payee: sample.payee,
    figures: sample.elements.totalAmount,
    words: sample.totalAmountInWords,
    rows: [],
    ...changes,
  });
  const people: [string, string][] = [
    ['复核人', sample.reviewer],
    ['收款人', sample.cashier],
  ];
  const lines = people.reduce(
    (all, [label, name], i) => replaced(all, label, () => [line(`${label}：${name}`, 800 + 500 * i, 700)]),
    printed,
  );
  return { ...page(lines), source };
}

const read = (pages: EvidencePage[], ...xml: EvidenceElement[]) => readBills({ pages, xml, today: TODAY });
const blocking = (reading: ReturnType<typeof read>) =>
  reading.bills
    .flatMap(({ reasons }) => reasons.map(({ code, field }) => `${code} ${field ?? ''}`.trim()))
    .filter((code) => code !== 'not-signed');

describe('a document whose data and print show the same bill', () => {
  it('gives one bill, with the values of the data and their places on the page', () => {
    const reading = read([print()], data());
    expect(reading).toMatchObject({ decision: 'auto', bills: [{ elements: sample.elements, page: 1 }] });
    const [found] = reading.bills;
    expect(found?.fields.checkCode).toMatchObject({ source: 'xml', confirmedBy: ['text'], contradictedBy: [] });
    expect(found?.fields.checkCode?.quad).not.toBeNull();
    expect(found?.items).toHaveLength(sample.items.length);
  });

  it('takes from the print what only the print has', () => {
    expect(read([print()], data()).bills[0]?.fields.totalAmountInWords).toMatchObject({ source: 'text', value: sample.totalAmountInWords });
  });

  it.each([
    ['checkCode', { checkCode: 'abc123' }, 'abc123'],
    ['billNumber', { billNumber: '0000000001' }, '0000000001'],
    ['payer', { payer: '另一人' }, '另一人'],
  ] as const)('goes to a person with both readings when the text shows another %s', (field, changes, shown) => {
    const reading = read([print(changes)], data());
    expect(reading.decision).toBe('review');
    expect(blocking(reading)).toEqual([`sources-disagree ${field}`]);
    expect(reading.bills[0]?.fields[field]).toMatchObject({ source: 'xml', contradictedBy: ['text'] });
    expect(reading.bills[0]?.fields[field]?.alternatives).toContain(shown);
  });

  it('is not held up by a name that was recognised otherwise, nor by a masked code', () => {
    expect(read([print({ payer: '另一人' }, 'ocr')], data()).decision).toBe('auto');
    expect(read([print({ payerCreditCode: '**************0021' })], data({ PayerPartyCode: '110101199003070021' })).decision).toBe('auto');
  });

  it('compares what a payment slip says of its parties with its text, and not with what was recognised', () => {
    const slip = {
      title: '江苏省非税收入一般缴款书（电子）',
      billCode: `${sample.elements.billCode.slice(0, 2)}03${sample.elements.billCode.slice(4)}`,
    };
    const shown = (account: string, source: EvidencePage['source']) => {
      const { lines, ...rest } = print(slip, source);
      const block = [line('付款人', 50, 900), line('账号', 200, 900), line(account, 300, 900)];
      return { ...rest, lines: [...replaced(lines, '收款人', () => []), ...block] };
    };
    const given = data({ EInvoiceName: slip.title, EInvoiceCode: slip.billCode });
    const main = given.children.flatMap(({ children }) => children).find(({ name }) => name === 'Main');
    main?.children.push({ name: 'PayerAcct', text: '62220200123456', children: [] });
    const others = (page: EvidencePage) => blocking(read([page], given)).filter((code) => code.startsWith('sources-disagree payerA'));
    expect(others(shown('6222 0200 123456', 'text'))).toEqual([]);
    expect(others(shown('6222 0200 123457', 'text'))).toEqual(['sources-disagree payerAccount']);
    expect(others(shown('6222 0200 123457', 'ocr'))).toEqual([]);
    expect(others(shown('6222********57', 'text'))).toEqual([]);
  });

  it('goes to a person when the picture shows another element', () => {
    const reading = read([print({ checkCode: 'abc123' }, 'ocr')], data());
    expect(blocking(reading)).toContain('sources-disagree checkCode');
  });
});

describe('a document with several bills', () => {
  const second = sampleBill(8, { kind: 'donation', today: TODAY });

  it('joins each print with the data that has its number, and keeps what stands alone', () => {
    const other = { ...print({ billNumber: second.elements.billNumber, checkCode: second.elements.checkCode }), number: 2 };
    const reading = read([print(), other], data());
    expect(reading.bills.map(({ page: number, fields }) => [number, fields.billNumber?.source])).toEqual([
      [1, 'xml'],
      [2, 'text'],
    ]);
  });

  it('gives data without a print too', () => {
    const twice = { name: 'Bills', text: '', children: [data(), data({ EInvoiceNumber: second.elements.billNumber })] };
    expect(read([print()], twice).bills.map(({ elements }) => elements.billNumber)).toEqual([
      sample.elements.billNumber,
      second.elements.billNumber,
    ]);
  });
});

describe('data attached to something that is no bill', () => {
  it('is read when it is a bill, and otherwise the page says what the document is', () => {
    expect(read([page([])], data()).bills).toHaveLength(1);
    const reading = read([page([])], { name: 'metadata', text: '', children: [] });
    expect(reading).toMatchObject({ decision: 'refuse', refusal: { code: 'other-xml' } });
  });
});
