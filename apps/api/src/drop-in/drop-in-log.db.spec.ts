import { JsonLogger } from '@app/observability';
import { JUMDATA_PATH, NETOCR_PATH } from '@app/providers';
import { Logger } from '@nestjs/common';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { byForm, byQuery, parametersOf } from '../../../../test/support/drop-in-clients/jumdata-clients';
import { rawCall } from '../../../../test/support/drop-in-clients/raw-call';
import { answered, lost, newElements } from '../../../../test/support/verification-bench';

/** What must stand in no line: distinct enough to be found wherever it turns up. */
const elements = newElements({ billCode: '99861126', billNumber: '8675309142', checkCode: 'cAn4rY', totalAmount: '86753.09' });
const CANARIES = [elements.billCode, elements.billNumber, elements.checkCode, elements.totalAmount, 'canary-payer', 'canary-stray'];

describe('the log of the compatible endpoints', () => {
  let bench: ApiBench;
  let lines: string[];
  let secrets: string[];
  beforeAll(async () => {
    lines = [];
    const logger = new JsonLogger({ process: 'api', level: 'trace', destination: { write: (line: string) => void lines.push(line) } });
    bench = await createApiBench({}, { logger });
    Logger.overrideLogger(logger);
    secrets = [];
  });
  afterAll(() => bench.close());

  async function newClient(dialect: 'netocr' | 'jumdata'): Promise<{ publicId: string; secret: string }> {
    const client = await bench.newClient({ dialect });
    secrets.push(client.publicId, client.secret);
    return client;
  }

  it('holds no element, no query and no credential, whatever is asked and however it ends', async () => {
    const netocr = await newClient('netocr');
    const jumdata = await newClient('jumdata');
    const netocrUrl = `${bench.url}${NETOCR_PATH}`;
    const account = { url: `${bench.url}${JUMDATA_PATH}`, appId: jumdata.publicId, appSecret: jumdata.secret };
    const stray = { stray: 'canary-stray' };
    const form = new URLSearchParams({
      ...{
        key: netocr.publicId,
        secret: netocr.secret,
        typeId: '3017',
        invoiceCode: elements.billCode,
        invoiceNumber: elements.billNumber,
      },
      ...{ checkCode: elements.checkCode, billingDate: elements.issueDate, amountTax: elements.totalAmount, ...stray },
    }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    bench.egress.willSay(answered('0', { ...elements, payer: 'canary-payer' }), lost);
    const signed = parametersOf(account, elements);
    const parameters = { ...signed, ...stray };
    secrets.push(signed.sign!);

    const statuses = [
      await byQuery(account.url, parameters),
      await byForm(account.url, { ...parameters, je: '1.11' }),
      await rawCall(netocrUrl, { headers, body: form }),
      await rawCall(`${netocrUrl}?${form}`, { headers, body: `${form}&secret=wrong` }),
      await rawCall(`${netocrUrl}?${form}`, { method: 'GET' }),
      await rawCall(`${netocrUrl}x?${form}`, { headers, body: form }),
      await rawCall(`${netocrUrl}?${form}`, { headers: { 'content-type': 'application/json' }, body: `{"a":"${elements.checkCode}` }),
      await byQuery(account.url, { ...parameters, sign: elements.checkCode }),
      await byQuery(`${account.url}/${elements.billNumber}`, parameters),
      await byForm(account.url, { ...parameters, kprq: '2026-01-01' }),
      await byForm(account.url, { ...parameters, fpdm: `${elements.billNumber}x` }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 401, 405, 404, 400, 401, 404, 400, 200]);

    const log = lines.join('');
    for (const canary of [...CANARIES, ...secrets]) expect([canary, log.includes(canary)]).toEqual([canary, false]);
    const answers = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === 'client answered');
    expect(answers).toMatchObject([
      { code: '200', outcome: 'MATCH', origin: 'upstream', charge: 'charged', unknownFields: 1 },
      { code: '502', outcome: 'NETWORK_TIMEOUT', charge: 'unknown' },
      { code: '0', origin: 'cache', charge: 'notCharged', unknownFields: 1 },
      { code: '400', outcome: 'BAD_LENGTH', origin: 'local' },
    ]);
  });

  it('answers an inner failure in both dialects without a word about it', async () => {
    const netocr = await newClient('netocr');
    await bench.rows('alter table verification rename to verification_gone');
    try {
      const body = new URLSearchParams({
        ...{ key: netocr.publicId, secret: netocr.secret, typeId: '3017', invoiceCode: '99060126', invoiceNumber: '1234567890' },
        ...{ checkCode: 'cAn4rY', billingDate: elements.issueDate, amountTax: '1.00' },
      }).toString();
      const failed = await rawCall(`${bench.url}${NETOCR_PATH}`, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
      expect([failed.status, failed.text]).toEqual([500, '{"code":-30010,"msg":"查验异常"}']);
      const jumdata = await newClient('jumdata');
      const account = { url: `${bench.url}${JUMDATA_PATH}`, appId: jumdata.publicId, appSecret: jumdata.secret };
      const other = await byForm(account.url, parametersOf(account, elements, { je: '2.22' }));
      expect([other.status, other.text]).toEqual([500, '{"code":500,"msg":"服务商维护","charge":false}']);
    } finally {
      await bench.rows('alter table verification_gone rename to verification');
    }
    const log = lines.join('');
    expect(log).toContain('client call failed');
    for (const canary of [...CANARIES, ...secrets]) expect([canary, log.includes(canary)]).toEqual([canary, false]);
  });
});
