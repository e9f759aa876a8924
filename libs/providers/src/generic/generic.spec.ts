import { createHash, createHmac } from 'node:crypto';
import type { Elements } from '@app/contracts';
import { documentedDescription } from '../../../../test/support/documented-provider';
import { emptyFace, emptyItem } from '../face';
import { GenericDescription } from './description';
import { genericDialect } from './dialect';
import { formatGenericReply, genericCodeOf, isGenericCallAuthentic, parseGenericCall } from './server';

const elements: Elements = {
  billCode: '33060126',
  billNumber: '0041207735',
  checkCode: '7be20c',
  issueDate: '2026-04-09',
  totalAmount: '486.20',
};
const account = { id: 'bank-01', secret: 'LINKSECRET' };
const now = new Date('2026-05-20T02:15:30.000Z');
const documented = documentedDescription();
const dialect = genericDialect(documented);

/** A plain description to vary. */
const plain = {
  request: {
    path: '/verify',
    body: 'form',
    elements: { billCode: 'dm', billNumber: 'hm', checkCode: 'jym', issueDate: 'rq', totalAmount: 'je' },
    secret: { in: 'field', name: 'key' },
  },
  reply: { code: 'code', codes: { '0': { outcome: 'MATCH', charge: 'charged' } }, face: {} },
};
const request = (change: object): unknown => ({ ...plain, request: { ...plain.request, ...change } });
const reply = (change: object): unknown => ({ ...plain, reply: { ...plain.reply, ...change } });
const dialectFor = (description: unknown) => genericDialect(GenericDescription.parse(description));
const decode = (description: unknown, body: unknown, httpStatus = 200) =>
  dialectFor(description).decodeReply({ httpStatus, contentType: 'application/json', body: Buffer.from(JSON.stringify(body)) });

describe('a request as the page describes it', () => {
  const encoded = dialect.encodeRequest(account, elements, now);

  it('holds the elements, the constants and the signed account, and nothing else', () => {
    expect(encoded).toMatchObject({ method: 'POST', path: '/fiscal/v1/verify' });
    expect(JSON.parse(encoded.body.toString())).toEqual({
      version: '1.0',
      service: 'BILL_VERIFY',
      bill: { code: '33060126', number: '0041207735', checkCode: '7be20c', date: '20260409', amount: '486.20' },
    });
    const signed = 'bank-01|1779243330000|3306012600412077357be20c20260409486.20';
    expect(encoded.headers).toEqual({
      'X-App-Id': 'bank-01',
      'X-Timestamp': '1779243330000',
      Authorization: `HMAC ${createHmac('sha256', 'LINKSECRET').update(signed).digest('base64')}`,
      'Content-Type': 'application/json',
      'Content-Length': String(encoded.body.length),
    });
    expect(JSON.stringify(encoded)).not.toContain('LINKSECRET');
  });

  it('is read back and accepted by the other side, with this account and now only', () => {
    const headers = Object.fromEntries(Object.entries(encoded.headers).map(([name, value]) => [name.toLowerCase(), value]));
    const call = parseGenericCall(documented.request, { headers, contentType: 'application/json', body: encoded.body });
    expect(call.sent).toMatchObject({ ...elements, issueDate: '20260409', timestamp: '1779243330000' });
    const isAccepted = (change: object, at = now) => isGenericCallAuthentic(documented.request, call, { ...account, ...change }, at);
    expect(isAccepted({})).toBe(true);
    expect(isAccepted({ secret: 'other' })).toBe(false);
    expect(isAccepted({ id: 'other' })).toBe(false);
    expect(isAccepted({}, new Date(now.getTime() + 301_000))).toBe(false);
  });
});

describe('the other ways to write a request', () => {
  it('are a form, credentials in fields, and a digest that holds the secret', () => {
    const description = request({
      constants: { v: 2, test: false },
      id: { in: 'field', name: 'app' },
      secret: undefined,
      timestamp: { at: { in: 'field', name: 'ts' }, form: 'YYYYMMDDHHmmss' },
      signature: { at: { in: 'field', name: 'sign' }, algorithm: 'sha256', over: ['id', 'secret', 'timestamp'], encoding: 'upperHex' },
    });
    const { body, headers } = dialectFor(description).encodeRequest(account, elements, now);
    expect(headers['Content-Type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(body.toString()))).toEqual({
      ...{ dm: '33060126', hm: '0041207735', jym: '7be20c', rq: '2026-04-09', je: '486.20', v: '2', test: 'false', app: 'bank-01' },
      ts: '20260520101530',
      sign: createHash('sha256').update('bank-01LINKSECRET20260520101530').digest('hex').toUpperCase(),
    });
  });

  it('are a bearer header and seconds', () => {
    const description = request({
      secret: { in: 'header', name: 'Authorization', prefix: 'Bearer ' },
      timestamp: { at: { in: 'field', name: 'ts' }, form: 'epochSeconds' },
    });
    const { body, headers } = dialectFor(description).encodeRequest(account, elements, now);
    expect(headers['Authorization']).toBe('Bearer LINKSECRET');
    expect(new URLSearchParams(body.toString()).get('ts')).toBe('1779243330');
  });
});

describe('a description', () => {
  it.each([
    ['another part of a request', request({ payer: 'fkr' })],
    ['a sixth element', request({ elements: { ...plain.request.elements, payer: 'fkr' } })],
    ['a query in the path', request({ path: '/verify?x=1' })],
    ['another origin as path', request({ path: 'https://elsewhere.example/' })],
    ['another method', request({ method: 'GET' })],
    ['two things in one field', request({ constants: { dm: '1' } })],
    ['a field inside of another', request({ body: 'json', constants: { 'dm.x': '1' } })],
    ['two things in one header', request({ id: { in: 'header', name: 'X-K' }, secret: { in: 'header', name: 'x-k' } })],
    ['a header of the message', request({ secret: { in: 'header', name: 'Content-Length' } })],
    ['a host of its own', request({ secret: { in: 'header', name: 'Host' } })],
    ['a line break in a prefix', request({ secret: { in: 'header', name: 'X-K', prefix: 'a\r\nX: ' } })],
    ['a reserved name', request({ constants: { constructor: '1' } })],
    ['a reserved path', reply({ data: 'a.__proto__' })],
    ['no credential', request({ secret: undefined })],
    ['a digest without the secret', request({ signature: { at: { in: 'field', name: 's' }, algorithm: 'sha256', over: ['id'] } })],
    [
      'a signed time that is not sent',
      request({ signature: { at: { in: 'field', name: 's' }, algorithm: 'hmacSha256', over: ['timestamp'] } }),
    ],
    [
      'a signature over something else',
      request({ signature: { at: { in: 'field', name: 's' }, algorithm: 'hmacSha256', over: ['payer'] } }),
    ],
    ['no code for a match', reply({ codes: { '1': { outcome: 'NOT_FOUND', charge: 'charged' } } })],
    ['an outcome of its own', reply({ codes: { '0': { outcome: 'GREEN', charge: 'charged' } } })],
    ['one text for both of a flag', reply({ flags: { reversed: { at: 'r', yes: ['1'], no: ['1'] } } })],
    ['an unknown field of the face', reply({ face: { image: 'x' } })],
    ['a credential', { ...plain, secret: 'x' }],
  ])('is refused with %s', (_name, description) => {
    expect(GenericDescription.safeParse(description).success).toBe(false);
  });

  it('demands the credentials that it uses, and no others', () => {
    const { credentials } = dialectFor(plain);
    expect(credentials.safeParse({ secret: 's' }).success).toBe(true);
    expect(credentials.safeParse({ id: 'x' }).success).toBe(false);
    expect(credentials.safeParse({ secret: 's', payer: 'x' }).success).toBe(false);
    expect(dialect.credentials.safeParse({ secret: 's' }).success).toBe(false);
  });
});

describe('a reply', () => {
  const face = {
    ...emptyFace(),
    ...elements,
    payer: '甲**',
    reversed: false,
    accounted: true,
    verificationCount: 2,
    items: [{ ...emptyItem(), sequence: '1', itemName: '检查费', amount: '486.20' }],
    otherInfo: [{ cn: '门诊号', en: '', value: '88120435' }],
  };

  it('is read as the page describes it, from what the other side writes', () => {
    const body = formatGenericReply(documented.reply, { code: '0000', charged: true, taskNumber: '123456789012345678901234', face });
    expect(dialect.decodeReply({ httpStatus: 200, contentType: 'application/json', body })).toEqual({
      outcome: 'MATCH',
      charge: 'charged',
      providerCode: '0000',
      providerMessage: '一致',
      providerTaskNumber: '123456789012345678901234',
      providerBillType: null,
      face,
      detailUrl: null,
      alerts: [],
    });
  });

  it('has each described code, and no other', () => {
    for (const [code, { outcome, charge }] of Object.entries(documented.reply.codes)) {
      const body = Buffer.from(JSON.stringify({ head: { code } }));
      expect(dialect.decodeReply({ httpStatus: 200, contentType: '', body })).toMatchObject({ outcome, charge, providerCode: code });
    }
    for (const code of ['0', '00000', '1005', 'toString', '__proto__'])
      expect(decode(documented, { head: { code } })).toMatchObject({ outcome: 'UNKNOWN_CODE', charge: 'unknown', alerts: ['unknownCode'] });
  });

  it.each([
    ['Y', 'notCharged', 'charged', ['chargeContradictsCode']],
    ['N', 'notCharged', 'notCharged', []],
    ['y', 'notCharged', 'unknown', ['unreadableCharge']],
    [true, 'notCharged', 'unknown', ['unreadableCharge']],
    ['', 'notCharged', 'notCharged', []],
  ])('is billed by %j over its code', (billed, _byCode, charge, alerts) => {
    expect(decode(documented, { head: { code: '1003', billed } })).toMatchObject({ charge, alerts });
  });

  it.each([
    ['N', false, []],
    ['R', true, []],
    ['', null, []],
    [null, null, []],
    ['n', null, ['unknownReversedFlag']],
    ['0', null, ['unknownReversedFlag']],
    [false, null, ['unknownReversedFlag']],
    [{}, null, ['unknownReversedFlag']],
  ])('is reversed by %j: %j', (state, reversed, alerts) => {
    expect(decode(documented, { head: { code: '0000' }, body: { bill: { red: { state } } } })).toMatchObject({
      face: { reversed },
      alerts,
    });
  });

  it('says nothing of a flag that nobody described', () => {
    expect(decode(plain, { code: 0, redTag: '0', reversed: false }).face).toMatchObject({ reversed: null, accounted: null, printed: null });
  });

  it('is unreadable without a code, as a redirect, and with two codes', () => {
    const unreadable = { outcome: 'PROVIDER_ERROR', charge: 'unknown', alerts: ['unreadableReply'] };
    for (const body of [{}, [], 'x', { code: {} }, { code: null }]) expect(decode(plain, body)).toMatchObject(unreadable);
    for (const httpStatus of [302, 404, 500]) expect(decode(plain, { code: 0 }, httpStatus)).toMatchObject(unreadable);
    expect(dialectFor(plain).decodeReply({ httpStatus: 200, contentType: '', body: Buffer.from('{"code":1,"code":0}') })).toMatchObject(
      unreadable,
    );
  });

  it('is walked through lists and through text that holds JSON', () => {
    const description = reply({
      code: 'list.0.state',
      data: 'list.0.data',
      face: { payee: 'p' },
      items: { at: 'rows', fields: { itemName: 'n' } },
    });
    const row = { state: 0, data: JSON.stringify({ p: '示例', rows: '[{"n":"x"}]' }) };
    expect(decode(description, { list: [row] }).face).toMatchObject({ payee: '示例', items: [{ itemName: 'x' }] });
    expect(decode(description, { list: [{ state: 0, data: '{"rows":{}}' }] }).alerts).toEqual(['unreadableList']);
  });

  it('has the nearest code for an outcome that was not described', () => {
    expect(genericCodeOf(documented.reply, 'MISMATCH')).toBe('1002');
    expect(genericCodeOf(documented.reply, 'BAD_LENGTH')).toBe('2001');
    expect(genericCodeOf(GenericDescription.parse(plain).reply, 'BAD_LENGTH')).toBe('undescribed');
  });
});
