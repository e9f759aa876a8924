import { NetocrCredentials } from './credentials';
import { parseForm } from '../wire/form';
import { encodeNetocrRequest } from './request';

const elements = { billCode: '33060126', billNumber: '0041207735', checkCode: '7be20c', issueDate: '2026-04-09', totalAmount: '486.20' };
const credentials = NetocrCredentials.parse({ key: 'DEMOKEY000000001', secret: 'DEMOSECRET000001' });

describe('encodeNetocrRequest', () => {
  it('sends exactly the eight text fields of the document as multipart parts', () => {
    const request = encodeNetocrRequest(credentials, elements);
    expect(request.method).toBe('POST');
    expect(request.path).toBe('/verapi/v2/verFinancial.do');
    expect(parseForm(request.body, request.headers['Content-Type']!)).toEqual([
      ['key', 'DEMOKEY000000001'],
      ['secret', 'DEMOSECRET000001'],
      ['typeId', '3017'],
      ['invoiceCode', '33060126'],
      ['invoiceNumber', '0041207735'],
      ['billingDate', '2026-04-09'],
      ['amountTax', '486.20'],
      ['checkCode', '7be20c'],
    ]);
    expect(request.body.toString()).not.toMatch(/filename|content-type/i);
  });

  it('carries no header but the type and length of its body', () => {
    const request = encodeNetocrRequest(credentials, elements);
    expect(Object.keys(request.headers)).toEqual(['Content-Type', 'Content-Length']);
    expect(request.headers['Content-Length']).toBe(String(request.body.length));
  });

  it('matches the bytes of the documented example', () => {
    const { body } = encodeNetocrRequest(credentials, elements);
    const boundary = body.toString().split('\r\n', 1)[0]!;
    expect(body.toString().startsWith(`${boundary}\r\nContent-Disposition: form-data; name="key"\r\n\r\nDEMOKEY000000001\r\n`)).toBe(true);
    expect(body.toString().endsWith(`7be20c\r\n${boundary}--\r\n`)).toBe(true);
  });

  it('sends the same fields urlencoded when so configured', () => {
    const request = encodeNetocrRequest({ ...credentials, encoding: 'urlencoded' }, elements);
    expect(request.headers['Content-Type']).toBe('application/x-www-form-urlencoded');
    expect(request.body.toString()).toBe(
      'key=DEMOKEY000000001&secret=DEMOSECRET000001&typeId=3017&invoiceCode=33060126&invoiceNumber=0041207735&billingDate=2026-04-09&amountTax=486.20&checkCode=7be20c',
    );
  });

  it.each(['with blank', 'line\r\nbreak', '', 'x'.repeat(257), '----piaoyan5c1e7f0a94b2'])('refuses the credential %j', (key) => {
    expect(NetocrCredentials.safeParse({ key, secret: 's' }).success).toBe(false);
  });
});
