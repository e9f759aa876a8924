import { parseQrPayload } from './qr-payload';

const TODAY = '2026-11-22';
const parse = (text: string) => parseQrPayload(text, TODAY);

describe('parseQrPayload, comma form', () => {
  const elements = {
    billCode: '33060126',
    billNumber: '0069845968',
    checkCode: '1e9030',
    issueDate: '2026-07-12',
    totalAmount: '12226.24',
  };

  it.each([
    'CZ-EI-33,33060126,0069845968,1e9030,20260712,12226.24',
    'CZ-EI-33,12226.24,20260712,1e9030,0069845968,33060126',
    'CZ-EI-33, 0069845968 ,20260712,33060126,12226.24,1e9030',
  ])('tells the fields apart by shape in %s', (text) => expect(parse(text)).toEqual({ kind: 'fiscal', regionPrefix: '33', elements }));

  it('tells code and date apart by region and year when both could be days', () => {
    expect(parse('CZ-EI-20,20260326,20200326')).toMatchObject({ elements: {} });
    expect(parse('CZ-EI-20,20260320,20201126')).toMatchObject({ elements: {} });
    expect(parse('CZ-EI-20,20190120,20200326')).toMatchObject({ elements: { billCode: '20190120', issueDate: '2020-03-26' } });
  });

  it('leaves out what is there twice', () => {
    expect(parse('CZ-EI-33,1e9030,2f8141,0069845968')).toEqual({
      kind: 'fiscal',
      regionPrefix: '33',
      elements: { billNumber: '0069845968' },
    });
  });
});

describe('parseQrPayload, addresses', () => {
  it('reads code, number and check code from the path', () => {
    expect(parse('http://bills.example/page/32060126/0019304458/5d07ea')).toMatchObject({
      kind: 'fiscal',
      elements: { billCode: '32060126', billNumber: '0019304458', checkCode: '5d07ea' },
    });
  });

  it('does not take a word of the path for a check code', () => {
    expect(parse('https://bills.example/verify/32060126/0019304458')).toMatchObject({
      elements: { billCode: '32060126', billNumber: '0019304458' },
    });
    expect(parse('https://bills.example/verify/32060126/0019304458')).not.toHaveProperty('elements.checkCode');
  });

  it('reads the day of a callback form from midnight in Shanghai, not from the other epochs', () => {
    const midnight = Date.parse('2026-04-08T16:00:00Z');
    expect(
      parse(
        `http://bills.example/finance/callback/32060126/0019304458/5d07ea/${midnight}/486.20/tok_9x/1/${midnight + 5_000}/abc0123456789`,
      ),
    ).toMatchObject({
      elements: { issueDate: '2026-04-09', totalAmount: '486.20', checkCode: '5d07ea' },
    });
  });

  it('learns nothing from an opaque short form', () => expect(parse('http://bills.example/d/2977c3c63d94')).toEqual({ kind: 'other' }));
});

describe('parseQrPayload, others', () => {
  it('knows the form of tax invoices', () =>
    expect(parse('01,10,044001500111,81966722,173.79,20170524,17884534745749991611,BE2D')).toEqual({ kind: 'tax' }));
  it.each(['', 'hello', 'http://', 'CZ-EI-', 'weixin://pay'])('makes nothing of %j', (text) =>
    expect(parse(text)).toEqual({ kind: 'other' }),
  );
});
