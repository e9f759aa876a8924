import type { Elements } from '@app/contracts';
import { createClient } from './client';
import { SessionProof } from './session-proof';

const elements: Elements = {
  billCode: '32060126',
  billNumber: '0019304458',
  checkCode: '5d07ea',
  issueDate: '2026-04-09',
  totalAmount: '486.20',
};
const refusal = (status: number) => ({
  type: 'about:blank',
  title: 'No valid API key was given',
  status,
  code: 'unauthenticated',
  detail: '',
  message: { 'zh-CN': '未提供有效的 API 密钥', en: 'No valid API key was given' },
  field: null,
  errors: [],
  id: 'req-7',
});

describe('createClient', () => {
  const fetched = jest.spyOn(globalThis, 'fetch');
  const signedOut = jest.fn();
  const used = jest.fn();
  const client = createClient(new SessionProof(used), signedOut);
  const sent = () => {
    const [path, init] = fetched.mock.calls.at(-1)!;
    return { path, ...init, headers: new Headers(init?.headers) };
  };

  afterEach(() => {
    fetched.mockReset();
    signedOut.mockReset();
    used.mockReset();
  });
  afterAll(() => fetched.mockRestore());

  it('asks for the page after the last one, and presents no key', async () => {
    fetched.mockResolvedValue(Response.json({ items: [], next: null }));
    await client.listReceipts({ limit: 30, before: '0199a6b0-0000-7000-8000-000000000001' });
    expect(sent().path).toBe('/v1/receipts?limit=30&before=0199a6b0-0000-7000-8000-000000000001');
    expect(sent().headers.has('authorization')).toBe(false);
    expect(used).toHaveBeenCalledTimes(1);
  });

  it('sends five elements under the idempotency key and waits for the answer', async () => {
    fetched.mockResolvedValue(Response.json({}, { status: 500 }));
    await client.verify({ elements }, 'intent-1');
    expect(sent().method).toBe('POST');
    expect(sent().headers.get('idempotency-key')).toBe('intent-1');
    expect(sent().headers.get('prefer')).toMatch(/^wait=\d+$/);
    expect(JSON.parse(sent().body as string)).toEqual({ elements });
  });

  it('says which review a correction is based on', async () => {
    fetched.mockResolvedValue(Response.json({}, { status: 500 }));
    await client.correct('0199a6b0-0000-7000-8000-000000000001', 2, { basedOn: 3, fields: { checkCode: '5do7ea' } });
    expect(sent().path).toBe('/v1/receipts/0199a6b0-0000-7000-8000-000000000001/bills/2/corrections');
    expect(JSON.parse(sent().body as string)).toEqual({ basedOn: 3, fields: { checkCode: '5do7ea' } });
  });

  it('asks for a page by its number', async () => {
    fetched.mockResolvedValue(new Response('<svg/>', { headers: { 'content-type': 'image/svg+xml' } }));
    const answer = await client.readPageImage('0199a6b0-0000-7000-8000-000000000001', 2, '核对票面');
    expect(sent().path).toBe('/v1/receipts/0199a6b0-0000-7000-8000-000000000001/pages/2/image');
    expect(answer).toMatchObject({ ok: true });
  });

  it('books a bill, and takes it back with a reason', async () => {
    fetched.mockResolvedValue(Response.json({}, { status: 500 }));
    await client.bookBill('0199a6b0-0000-7000-8000-000000000001', { voucher: '记-1', override: false });
    expect(sent()).toMatchObject({ path: '/v1/bills/0199a6b0-0000-7000-8000-000000000001/booking', method: 'POST' });
    expect(JSON.parse(sent().body as string)).toEqual({ voucher: '记-1', override: false });
    await client.undoBooking('0199a6b0-0000-7000-8000-000000000001', { reason: '凭证作废' });
    expect(sent()).toMatchObject({ method: 'DELETE', body: JSON.stringify({ reason: '凭证作废' }) });
  });

  it('exports, telling what a link could not', async () => {
    fetched.mockResolvedValue(new Response('PK'));
    expect(await client.exportBills({ state: ['match'], format: 'xlsx', language: 'en' })).toMatchObject({ ok: true });
    // Nothing that is looked for stands in an address.
    expect(sent()).toMatchObject({ path: '/v1/bills/export', method: 'POST' });
  });

  it('tells when the API no longer accepts the session', async () => {
    fetched.mockResolvedValue(Response.json(refusal(401), { status: 401 }));
    const answer = await client.readImage('0199a6b0-0000-7000-8000-000000000001', null);
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'problem', problem: { id: 'req-7' } } });
    expect(signedOut).toHaveBeenCalledTimes(1);
    expect(used).not.toHaveBeenCalled();
  });

  it('stays signed in when the network is gone', async () => {
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    expect(await client.readReceipt('x')).toEqual({ ok: false, failure: { kind: 'unreachable' } });
    expect(signedOut).not.toHaveBeenCalled();
  });
});
