import { type AuditEntryView, AuditPage, type Elements, Problem, ReceiptView } from '@app/contracts';
import { Logger, type LoggerService } from '@nestjs/common';
import sharp from 'sharp';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { forPurpose } from '../../../../test/support/for-purpose';
import { foundBy } from '../../../../test/support/found-bills';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { answered, newElements } from '../../../../test/support/verification-bench';

const DAY_MS = 86_400_000;

class Heard implements LoggerService {
  readonly lines: unknown[] = [];

  log(line: unknown): void {
    this.lines.push(line);
  }

  warn(line: unknown): void {
    this.lines.push(line);
  }

  error(line: unknown): void {
    this.lines.push(line);
  }
}

describe('the audit, over HTTP', () => {
  const heard = new Heard();
  let bench: ApiBench;
  beforeAll(async () => {
    bench = await createApiBench({ PIAOYAN_TRUSTED_PROXIES: ['127.0.0.1'] });
    // After the worker beside it, which silences all logs of the process.
    Logger.overrideLogger(heard);
  });
  afterAll(() => bench.close());

  const window = (more = ''): string => {
    const at = (offset: number) => encodeURIComponent(new Date(Date.now() + offset).toISOString());
    return `from=${at(-DAY_MS)}&to=${at(DAY_MS)}${more}`;
  };
  const page = async (more = '', key = bench.keys[0]): Promise<AuditPage> =>
    AuditPage.parse(await (await bench.fetch(`/v1/audit?${window(more)}`, { key })).json());
  const problemOf = async (answer: Promise<Response>): Promise<Problem> => Problem.parse(await (await answer).json());
  const uploaded = async (elements: Elements): Promise<ReceiptView> => {
    bench.reader.script = () => madeUpReading(elements);
    const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    const headers = { prefer: 'wait=20', 'content-type': 'image/png', 'user-agent': 'counter/7', 'x-forwarded-for': '10.20.0.31' };
    const response = await bench.fetch('/v1/receipts', { method: 'POST', body: new Uint8Array(png), headers });
    return ReceiptView.parse(await response.json());
  };
  const readsOf = async (type: string, id: string, action = 'personal.read'): Promise<AuditEntryView[]> =>
    (await page(`&action=${action}&targetType=${type}&targetId=${id}`)).items;

  it('tells who did what to what, when, from where and in which request, newest first', async () => {
    const { id } = await uploaded(newElements());
    await bench.fetch(`/v1/receipts/${id}`);
    await bench.fetch(`/v1/receipts/${id}`, forPurpose('claim'));
    const { items } = await page(`&targetType=receipt&targetId=${id}`);
    // What was shown masked is no read of personal fields.
    expect(items.map(({ action }) => action)).toEqual(['personal.unmask', 'receipt.read', 'receipt.upload']);
    const [shown, read, upload] = items;
    expect(upload).toMatchObject({
      result: 'success',
      actor: { type: 'apiKey', name: 'spec', roles: null },
      origin: { clientAddress: '10.20.0.31', userAgent: 'counter/7', requestId: expect.stringMatching(/^[0-9a-f]{12}$/) as string },
    });
    expect(read).toMatchObject({ actor: { type: 'worker' }, origin: null });
    expect(shown).toMatchObject({ detail: { purpose: 'claim' } });
    const ofRequest = await page(`&requestId=${shown?.origin?.requestId}`);
    expect(ofRequest.items.map(({ action }) => action)).toEqual(['personal.unmask']);
  });

  it('shows a tenant nothing of another, and finds by each filter what it names alone', async () => {
    const { id } = await uploaded(newElements());
    expect((await page(`&targetType=receipt&targetId=${id}`, bench.keys[1])).items).toEqual([]);
    const [upload] = (await page(`&targetType=receipt&targetId=${id}&action=receipt.upload`)).items;
    for (const filter of ['action=receipt.upload', `actorId=${upload!.actor.id}`, 'result=success', 'targetType=receipt']) {
      const { items } = await page(`&${filter}&limit=200`);
      expect(items.map((entry) => entry.id)).toContain(upload!.id);
      const [name, value] = filter.split('=');
      const told = items.map((entry) => ({
        action: entry.action,
        actorId: entry.actor.id,
        result: entry.result,
        targetType: entry.target.type,
      }));
      expect(new Set(told.map((facts) => facts[name as keyof (typeof told)[number]]))).toEqual(new Set([value]));
    }
  });

  it('goes on page by page without a gap or a repetition, and records each look', async () => {
    await Promise.all(Array.from({ length: 4 }, () => bench.fetch('/v1/receipts')));
    const whole = (await page('&limit=200&action=personal.read')).items.map(({ id }) => id);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const next: AuditPage = await page(`&limit=3&action=personal.read${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...next.items.map(({ id }) => id));
      cursor = next.next;
    }
    expect(seen).toEqual(whole);
    expect(whole.length).toBeGreaterThan(3);
    const [look] = (await page('&action=audit.view')).items;
    expect(look).toMatchObject({ target: { type: 'list', id: 'audit' }, detail: { filters: 'action' } });
  });

  it.each([
    ['', 'from'],
    [`from=2026-01-01T00:00:00Z`, 'to'],
    ['from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'to'],
    ['from=2026-01-01T00:00:00Z&to=2026-04-04T00:00:01Z', 'to'],
    ['from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&limit=201', 'limit'],
    ['from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&targetId=1', 'targetType'],
    ['from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&cursor=x', 'cursor'],
    ['from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&action=%00', 'action'],
  ])('is asked within bounds: %s', async (query, field) => {
    expect(await problemOf(bench.fetch(`/v1/audit?${query}`))).toMatchObject({ status: 422, code: 'invalid-field', field });
  });

  it('takes a whole quarter', async () => {
    expect((await bench.fetch('/v1/audit?from=2026-01-01T00:00:00Z&to=2026-04-04T00:00:00Z')).status).toBe(200);
  });

  it('is exported as lines and as a table that no spreadsheet takes for formulas, and the export is on record first', async () => {
    await bench.fetch('/v1/receipts', { headers: { 'user-agent': '=HYPERLINK("http://x")' } });
    const lines = await (await bench.fetch(`/v1/audit/export?${window('&format=jsonl')}`)).text();
    const entries = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditEntryView);
    const [{ count }] = (await bench.rows<{ count: number }>(
      `select count(*)::int from audit_entry where tenant_id = (select tenant_id from audit_entry where id = $1)`,
      [entries[0]!.id],
    )) as [{ count: number }];
    expect(entries).toHaveLength(count - 1);
    const [record] = (await page('&action=audit.export')).items;
    expect(record?.detail).toMatchObject({ format: 'jsonl', rows: entries.length });
    await uploaded(newElements());
    const table = await bench.fetch(`/v1/audit/export?${window('&format=csv&language=en')}`);
    expect(table.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [header, ...rows] = (await table.text()).trim().split('\r\n');
    expect(header).toContain('Time (UTC),Action,Result');
    expect(rows.length).toBeGreaterThan(entries.length);
    expect(rows.join('\n')).toContain(`"'=HYPERLINK(`);
    expect(rows.join('\n')).not.toMatch(/(^|,)"?[=+@]/m);
  });

  it('is open to its scopes alone, and a refusal is an entry of the tenant', async () => {
    const key = await bench.newKey('receipt.read');
    for (const path of ['/v1/audit', '/v1/audit/export']) {
      expect(await problemOf(bench.fetch(`${path}?${window('&format=csv')}`, { key }))).toMatchObject({ status: 403, code: 'forbidden' });
    }
    const { items } = await page('&action=access.refuse&result=failure');
    expect(items.map(({ target, detail }) => [target.id, detail])).toEqual([
      ['/v1/audit/export', { reason: 'scope', method: 'GET', wanted: 'audit.export' }],
      ['/v1/audit', { reason: 'scope', method: 'GET', wanted: 'audit.read' }],
    ]);
  });

  it('has an entry of a key that counts no longer, and of an unknown one a line without the key', async () => {
    const key = await bench.newKey('receipt.read');
    await bench.rows(`update api_key set revoked_at = now() where last_four = $1 and scopes = '{receipt.read}'`, [key.slice(-4)]);
    const stranger = `${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`;
    const answers = [
      await problemOf(bench.fetch('/v1/receipts', { key })),
      await problemOf(bench.fetch('/v1/receipts', { key: stranger })),
    ];
    expect(new Set(answers.map(({ status, code, detail }) => `${status} ${code} ${detail}`)).size).toBe(1);
    const [entry] = (await page('&action=access.refuse')).items;
    expect(entry).toMatchObject({ target: { id: '/v1/receipts' }, detail: { reason: 'revoked' }, origin: { requestId: answers[0]!.id } });
    const line = heard.lines.find((one) => (one as { msg?: string }).msg === 'caller not recognised');
    expect(line).toMatchObject({ requestId: answers[1]!.id, route: '/v1/receipts' });
    expect(JSON.stringify(heard.lines)).not.toContain(stranger.slice(-20));
  });

  it('has one entry for each request that showed personal fields, with which record and which kinds', async () => {
    const elements = newElements();
    const { id } = await uploaded(elements);
    await bench.fetch(`/v1/receipts/${id}`);
    await bench.fetch(`/v1/receipts/${id}`, forPurpose('claim'));
    await bench.fetch(`/v1/receipts/${id}/review`, { method: 'POST' });
    const purposes = (await readsOf('receipt', id, 'personal.unmask')).map(({ detail }) => detail);
    expect(purposes).toEqual([{ purpose: 'review' }, { purpose: 'claim' }]);
    await bench.fetch('/v1/receipts?limit=2');
    expect((await readsOf('list', 'receipts'))[0]?.detail).toEqual({ kinds: 'reading', rows: 2 });
    const list = (await (await bench.fetch('/v1/bills/search', foundBy({ billNumber: elements.billNumber }))).json()) as {
      items: { id: string }[];
    };
    expect((await readsOf('list', 'bills'))[0]?.detail).toEqual({ kinds: 'bill', rows: 1 });
    const bill = list.items[0]!.id;
    await bench.fetch(`/v1/bills/${bill}`);
    expect((await readsOf('bill', bill)).map(({ detail }) => detail)).toEqual([{ kinds: 'bill' }]);
    bench.egress.willSay(answered('0', { reversed: false, payer: '张三' }));
    const headers = { 'content-type': 'application/json', prefer: 'wait=20' };
    const made = await bench.fetch('/v1/verifications', { method: 'POST', body: JSON.stringify({ receiptId: id }), headers });
    const verification = ((await made.json()) as { id: string }).id;
    await bench.fetch(`/v1/verifications/${verification}`, forPurpose('claim'));
    expect((await readsOf('verification', verification, 'personal.unmask')).map(({ detail }) => detail)).toEqual([{ purpose: 'claim' }]);
    for (const [type, one] of [
      ['receipt', id],
      ['verification', verification],
    ] as const)
      expect(await readsOf(type, one)).toEqual([]);
    expect(JSON.stringify(await bench.rows('select detail from audit_entry'))).not.toContain('张三');
  });

  it('says how far it was forwarded, and since when it is not', async () => {
    const forwarding = async (): Promise<unknown> => (await bench.fetch('/v1/audit/forwarding')).json();
    expect(await forwarding()).toEqual({ entries: '0', forwardedAt: null, lagSeconds: 0, failingSince: null, failure: null });
    await bench.rows(
      `insert into audit_forwarding select tenant_id, '0', $1, 0, null, '2026-07-13T00:00:00Z', 'unreachable' from audit_entry where action = 'audit.view' limit 1`,
      ['00000000-0000-0000-0000-000000000000'],
    );
    await bench.rows(`alter table audit_entry disable trigger audit_entry_refuse_change`);
    await bench.rows(`update audit_entry set recorded_at = recorded_at - interval '1 hour'`);
    await bench.rows(`alter table audit_entry enable trigger audit_entry_refuse_change`);
    const { lagSeconds, ...state } = (await forwarding()) as { lagSeconds: number };
    expect(lagSeconds).toBeGreaterThanOrEqual(3_600);
    expect(state).toEqual({ entries: '0', forwardedAt: null, failingSince: '2026-07-13T00:00:00.000Z', failure: 'unreachable' });
  });

  it('shows nothing that cannot be put on record', async () => {
    const { id } = await uploaded(newElements());
    await bench.rows('revoke insert on audit_entry from piaoyan_api');
    try {
      for (const path of [`/v1/receipts/${id}`, '/v1/receipts', `/v1/audit?${window()}`, `/v1/audit/export?${window('&format=csv')}`]) {
        expect(await problemOf(bench.fetch(path, forPurpose('claim')))).toMatchObject({ status: 503, code: 'unavailable' });
      }
    } finally {
      await bench.rows('grant insert on audit_entry to piaoyan_api');
    }
  });
});
