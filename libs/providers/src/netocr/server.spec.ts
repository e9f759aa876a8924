import { emptyFace } from '../face';
import { decodeNetocrReply } from './reply';
import { encodeNetocrRequest } from './request';
import { formatNetocrReply, netocrCodeOf, parseNetocrCall } from './server';

const elements = { billCode: '33060126', billNumber: '0041207735', checkCode: '7be20c', issueDate: '2026-04-09', totalAmount: '486.20' };

describe('parseNetocrCall', () => {
  it.each(['multipart', 'urlencoded'] as const)('reads what our own encoder writes as %s', (encoding) => {
    const request = encodeNetocrRequest({ key: 'k', secret: 's&=+é'.slice(0, 4), encoding }, elements);
    expect(parseNetocrCall(request.body, request.headers['Content-Type']!)).toEqual({
      key: 'k',
      secret: 's&=+',
      typeId: '3017',
      invoiceCode: '33060126',
      invoiceNumber: '0041207735',
      billingDate: '2026-04-09',
      amountTax: '486.20',
      checkCode: '7be20c',
      unknownFields: 0,
    });
  });

  const multipart = (part: string) => Buffer.from(`--b\r\n${part}\r\n--b--\r\n`);

  it('refuses a file part, an oversize value, a cut body and other types', () => {
    const type = 'multipart/form-data; boundary=b';
    expect(() => parseNetocrCall(multipart('Content-Disposition: form-data; name="f"; filename="a.jpg"\r\n\r\nJPEG'), type)).toThrow(
      'filePart',
    );
    expect(() => parseNetocrCall(multipart(`Content-Disposition: form-data; name="key"\r\n\r\n${'x'.repeat(257)}`), type)).toThrow(
      'valueTooLong',
    );
    expect(() => parseNetocrCall(Buffer.from('--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nx'), type)).toThrow('malformed');
    expect(() => parseNetocrCall(Buffer.from('{}'), 'application/json')).toThrow('unsupportedType');
  });

  it('drops and counts unknown fields', () => {
    expect(parseNetocrCall(Buffer.from('key=k&payer=x&image=y'), 'application/x-www-form-urlencoded')).toMatchObject({
      key: 'k',
      unknownFields: 2,
    });
  });
});

describe('formatNetocrReply', () => {
  const face = {
    ...emptyFace(),
    ...elements,
    reversed: true,
    verificationCount: 2,
    items: [
      {
        sequence: '1',
        itemCode: null,
        itemName: '检查费',
        standard: null,
        unit: '次',
        quantity: '1',
        unitPrice: null,
        amount: '486.20',
        itemRemark: null,
      },
    ],
    otherInfo: [{ cn: '门诊号', en: 'patientNumber', value: '88120435' }],
  };

  it.each([{}, { listsAsString: true }, { mirrorStatus: true }])('is read back by our own decoder with %j', (options) => {
    const result = decodeNetocrReply({
      httpStatus: 200,
      contentType: 'application/json',
      body: formatNetocrReply({ code: '0', face }, options),
    });
    expect(result).toMatchObject({ outcome: 'MATCH', charge: 'charged', providerMessage: '查验成功发票一致', face });
  });

  it('never claims a flag that is not known', () => {
    const body = JSON.parse(formatNetocrReply({ code: '0', face: emptyFace() }).toString()) as { data: Record<string, unknown> };
    expect(body.data).toMatchObject({ redTag: '', entryTag: '', printTag: '', checkNum: '', invoiceLists: [] });
  });

  it('writes no data on a failure, and the documented text', () => {
    expect(JSON.parse(formatNetocrReply({ code: '-30001', face }).toString())).toEqual({ code: -30001, msg: '发票信息不一致' });
  });

  it('tells a local limit from the charged one', () => {
    expect(netocrCodeOf('DAILY_LIMIT')).toBe('-30003');
    expect(netocrCodeOf('FAILED_LIMIT')).toBe('-30000');
  });
});
