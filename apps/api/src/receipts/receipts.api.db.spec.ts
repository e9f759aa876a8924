import { request as httpRequest } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { Problem, ReceiptPage, ReceiptView } from '@app/contracts';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { eventually } from '../../../../test/support/eventually';
import { forPurpose } from '../../../../test/support/for-purpose';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { newElements } from '../../../../test/support/verification-bench';

const MAX_BYTES = 200_000;
const MAX_PIXELS = 1_000_000;

const png = (width = 40, height = 30): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
const OFD = new Uint8Array(zipSync({ 'OFD.xml': new Uint8Array() }));
const noise = (size: number): Buffer => Buffer.alloc(size, 'x');

function form(...files: { bytes: Buffer; name?: string }[]): FormData {
  const data = new FormData();
  for (const { bytes, name } of files) data.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), name ?? 'receipt.png');
  return data;
}

describe('uploading a receipt', () => {
  let bench: ApiBench;
  beforeAll(async () => {
    bench = await createApiBench({ PIAOYAN_UPLOAD_MAX_BYTES: MAX_BYTES, PIAOYAN_UPLOAD_MAX_PIXELS: MAX_PIXELS }, { withWorker: false });
  });
  afterAll(() => bench.close());

  const upload = (body: RequestInit['body'], headers: Record<string, string> = {}): Promise<Response> =>
    bench.fetch('/v1/receipts', { method: 'POST', body: body ?? null, headers });

  const traces = async (): Promise<object> => ({
    files: (await bench.storedFiles()).length,
    ...(
      await bench.rows<{ receipts: number; jobs: number; audit: number }>(
        `select (select count(*)::int from receipt) as receipts, (select count(*)::int from pgboss.job) as jobs,
              (select count(*)::int from audit_entry where action like 'receipt.%') as audit`,
      )
    )[0],
  });

  it("stores a form's file and answers 202 with its place while it waits to be read", async () => {
    const before = await traces();
    const bytes = await png();
    const response = await upload(form({ bytes, name: '票据 一.png' }));
    const receipt = ReceiptView.parse(await response.json());
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe(`/v1/receipts/${receipt.id}`);
    expect(receipt).toMatchObject({
      fileName: '票据 一.png',
      mediaType: 'image/png',
      byteSize: bytes.length,
      state: 'queued',
      reading: null,
    });
    expect(before).toEqual({ files: 0, receipts: 0, jobs: 0, audit: 0 });
    expect(await traces()).toEqual({ files: 1, receipts: 1, jobs: 1, audit: 1 });
  });

  it('takes a raw body, and a name as a header', async () => {
    const response = await upload(new Uint8Array(await png()), {
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent('../门诊.png'),
    });
    expect(ReceiptView.parse(await response.json())).toMatchObject({ fileName: '门诊.png', mediaType: 'image/png' });
  });

  it("takes an e-bill's XML, and shows it where nothing in it can run", async () => {
    const xml = '<?xml version="1.0" encoding="GBK"?><EInvoice/>';
    const response = await upload(xml, { 'content-type': 'application/xml' });
    const receipt = ReceiptView.parse(await response.json());
    expect(receipt).toMatchObject({ mediaType: 'application/xml', byteSize: xml.length, state: 'queued' });
    const shown = await bench.fetch(`/v1/receipts/${receipt.id}/image`, forPurpose());
    expect(await shown.text()).toBe(xml);
    expect(shown.headers.get('content-security-policy')).toBe("default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox");
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['application/pdf', new Uint8Array(Buffer.from('%PDF-1.7\n%%EOF')), 'application/pdf'],
    ['application/ofd', OFD, 'application/ofd'],
    // What browsers and mail programs call an OFD, which is an archive in form.
    ['application/vnd.ofd', OFD, 'application/ofd'],
    ['application/x-zip-compressed', OFD, 'application/ofd'],
  ])('takes %s by its form; the worker takes it apart', async (type, body, mediaType) => {
    const response = await upload(body, { 'content-type': type });
    expect([response.status, ReceiptView.parse(await response.json()).mediaType]).toEqual([202, mediaType]);
  });

  it('waits no longer than asked, and says that it waited', async () => {
    const response = await upload(form({ bytes: await png() }), { prefer: 'respond-async, wait=1' });
    expect(response.status).toBe(202);
    expect(response.headers.get('preference-applied')).toBe('wait=1');
  });

  describe('with something wrong', () => {
    let before: object;
    // Once: what an abandoned upload leaves for a moment must not be taken for what was there before the next one.
    beforeAll(async () => {
      before = await traces();
    });
    afterEach(async () => {
      // Nothing of a refused upload is stored, queued or on record; what a client left behind may be seen for a moment.
      await eventually(async () => isDeepStrictEqual(await traces(), before), { what: 'that nothing is left' });
    });

    async function expectProblem(answer: Promise<Response>, status: number, code: string): Promise<void> {
      const response = await answer;
      const problem = Problem.parse(await response.json());
      expect([response.status, problem.status, problem.code]).toEqual([status, status, code]);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(problem.id).toMatch(/^[0-9a-f]{12}$/);
    }
    const raw = (bytes: Buffer, type = 'image/png'): Promise<Response> => upload(new Uint8Array(bytes), { 'content-type': type });

    it('refuses an empty file', async () => {
      await expectProblem(upload(form({ bytes: Buffer.alloc(0) })), 400, 'upload-empty');
      await expectProblem(raw(Buffer.alloc(0)), 400, 'upload-empty');
    });

    it('refuses a request without a file', async () => {
      const fields = new FormData();
      fields.append('note', 'no file');
      await expectProblem(upload(fields), 400, 'upload-missing');
      await expectProblem(upload(null), 400, 'upload-missing');
    });

    it('refuses a second file', async () => {
      const bytes = await png();
      await expectProblem(upload(form({ bytes }, { bytes })), 400, 'upload-several-files');
    });

    it('refuses what is too large, declared or not', async () => {
      await expectProblem(raw(noise(MAX_BYTES + 1)), 413, 'upload-too-large');
      await expectProblem(upload(form({ bytes: noise(MAX_BYTES + 1) })), 413, 'upload-too-large');
    });

    it('stops reading an endless upload soon after the limit', async () => {
      const { status, body, sent } = await endlessUpload(bench);
      expect([status, Problem.parse(body).code]).toEqual([413, 'upload-too-large']);
      // What socket buffers hold on both sides comes on top of the limit.
      expect(sent).toBeLessThan(MAX_BYTES + 8_000_000);
    });

    it('refuses what is no image', async () => {
      await expectProblem(raw(Buffer.from('plain words, no picture')), 415, 'upload-unsupported-type');
      await expectProblem(raw(await png(), 'text/plain'), 415, 'upload-unsupported-type');
      await expectProblem(upload('{}', { 'content-type': 'application/json' }), 415, 'upload-unsupported-type');
    });

    it('refuses an archive, and says that it is one', async () => {
      await expectProblem(raw(Buffer.from('PK\x05\x06'.padEnd(22, '\0')), 'application/zip'), 415, 'upload-archive');
      await expectProblem(raw(Buffer.from('PK\x03\x04 bills'), 'application/zip'), 422, 'image-damaged');
    });

    it('refuses XML that is broken or unsafe', async () => {
      await expectProblem(raw(Buffer.from('<EInvoice><Header>'), 'application/xml'), 422, 'image-damaged');
      await expectProblem(raw(Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), 'text/xml'), 422, 'document-unsafe');
    });

    it('refuses an image that was cut off', async () => {
      const whole = await sharp({
        create: { width: 300, height: 300, channels: 3, background: '#777', noise: { type: 'gaussian', mean: 120, sigma: 40 } },
      })
        .jpeg()
        .toBuffer();
      await expectProblem(raw(whole.subarray(0, whole.length / 2), 'image/jpeg'), 422, 'image-damaged');
    });

    it('refuses more pixels than allowed', async () => {
      await expectProblem(raw(await png(2_000, 600)), 422, 'image-too-many-pixels');
    });

    it('refuses a form that breaks off', async () => {
      const body = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\nhalf';
      await expectProblem(upload(body, { 'content-type': 'multipart/form-data; boundary=b' }), 400, 'upload-incomplete');
    });

    it('refuses a form without a boundary', async () => {
      await expectProblem(upload('x', { 'content-type': 'multipart/form-data' }), 400, 'invalid-request');
    });

    it('stores nothing when the client goes away in the middle', async () => {
      await abandonedUpload(bench);
      expect(await bench.fetch('/v1/receipts').then(({ status }) => status)).toBe(200);
    });

    it('asks for a key before it reads anything', async () => {
      await expectProblem(
        fetch(`${bench.url}/v1/receipts`, { method: 'POST', body: form({ bytes: await png() }) }),
        401,
        'unauthenticated',
      );
    });
  });
});

/** Sends without end, until the server answers or hangs up. */
function endlessUpload(bench: ApiBench): Promise<{ status: number; body: unknown; sent: number }> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let stopped = false;
    const headers = { authorization: `Bearer ${bench.keys[0]}`, 'content-type': 'image/png' };
    const request = httpRequest(`${bench.url}/v1/receipts`, { method: 'POST', headers }, (response) => {
      stopped = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()), sent }));
      response.on('error', reject);
    });
    request.on('error', (error) => {
      if (!stopped) reject(error);
    });
    const chunk = Buffer.alloc(65_536, 1);
    const more = (): void => {
      if (stopped) return;
      sent += chunk.length;
      request.write(chunk, () => setImmediate(more));
    };
    more();
  });
}

/** Sends half of what it announced, and is gone. */
function abandonedUpload(bench: ApiBench): Promise<void> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${bench.keys[0]}`, 'content-type': 'image/png', 'content-length': '1000' };
    const request = httpRequest(`${bench.url}/v1/receipts`, { method: 'POST', headers });
    request.on('error', () => resolve());
    request.write(Buffer.alloc(500, 1), () => request.destroy(new Error('gone')));
  });
}

describe('reading a receipt', () => {
  let bench: ApiBench;
  beforeAll(async () => {
    bench = await createApiBench();
  });
  afterAll(() => bench.close());

  const upload = async (): Promise<ReceiptView> => {
    const response = await bench.fetch('/v1/receipts', {
      method: 'POST',
      body: form({ bytes: await png() }),
      headers: { prefer: 'wait=20' },
    });
    return ReceiptView.parse(await response.json());
  };

  const viewsOf = async (id: string): Promise<object[]> =>
    (
      await bench.rows<{ detail: object }>(
        `select detail from audit_entry where target_id = $1 and action = 'receipt.image.view' order by recorded_at`,
        [id],
      )
    ).map(({ detail }) => detail);

  it('answers 201 with the reading when it is done within the wait', async () => {
    const reading = madeUpReading(newElements());
    bench.reader.script = () => reading;
    const response = await bench.fetch('/v1/receipts', {
      method: 'POST',
      body: form({ bytes: await png() }),
      headers: { prefer: 'wait=20' },
    });
    expect(response.status).toBe(201);
    const receipt = ReceiptView.parse(await response.json());
    expect(receipt).toMatchObject({ state: 'read', reading, failure: null });
    expect(await bench.fetch(`/v1/receipts/${receipt.id}`).then((answer) => answer.json())).toEqual({ ...receipt, bases: [] });
  });

  it('says why a document could not be read', async () => {
    bench.reader.script = () => {
      throw new Error('the engine is broken');
    };
    const receipt = await upload();
    expect(receipt).toMatchObject({ state: 'failed', reading: null, failure: { code: 'reading-failed' } });
    const audit = await bench.rows<{ action: string }>('select action from audit_entry where target_id = $1 order by recorded_at', [
      receipt.id,
    ]);
    expect(audit.map(({ action }) => action)).toEqual(['receipt.upload', 'receipt.fail']);
  });

  it('tries a reading again that failed for no reason of the document', async () => {
    const reading = madeUpReading(newElements());
    let tries = 0;
    bench.reader.script = () => {
      tries += 1;
      if (tries === 1) throw new Error('the engine was busy');
      return reading;
    };
    expect(await upload()).toMatchObject({ state: 'read' });
    expect(tries).toBe(2);
  });

  it('shows the image as uploaded, and has put the view on record first', async () => {
    bench.reader.script = () => madeUpReading(newElements());
    const { id } = await upload();
    const response = await bench.fetch(`/v1/receipts/${id}/image`, forPurpose('核对票面'));
    expect(Buffer.from(await response.arrayBuffer())).toEqual(await png());
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(await viewsOf(id)).toEqual([{ purpose: '核对票面' }]);
  });

  it('shows each page of what was read where nothing in it can run, and puts each view on record', async () => {
    bench.reader.script = () => madeUpReading(newElements());
    bench.reader.pages = [
      { mediaType: 'image/webp', bytes: Buffer.from('first') },
      { mediaType: 'image/svg+xml', bytes: Buffer.from('<svg/>') },
    ];
    const { id, pageImages } = await upload();
    bench.reader.pages = [];
    expect(pageImages).toEqual(['image/webp', 'image/svg+xml']);
    const response = await bench.fetch(`/v1/receipts/${id}/pages/2/image`, forPurpose('核对票面'));
    expect(await response.text()).toBe('<svg/>');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'content-disposition': "inline; filename*=UTF-8''receipt.png-2.svg",
    });
    expect(await viewsOf(id)).toEqual([{ page: 2, purpose: '核对票面' }]);
    for (const number of ['0', '3', '-1', '1.5', 'first', '99999999999']) {
      const missing = await bench.fetch(`/v1/receipts/${id}/pages/${number}/image`, forPurpose());
      expect([number, missing.status]).toEqual([number, 404]);
    }
  });

  it('shows no image to who does not say why, unless a review that they have open says it', async () => {
    bench.reader.script = () => madeUpReading(newElements());
    bench.reader.pages = [{ mediaType: 'image/webp', bytes: Buffer.from('first') }];
    const { id } = await upload();
    bench.reader.pages = [];
    const paths = ['image', 'pages/1/image'].map((path) => `/v1/receipts/${id}/${path}`);
    const [reviewer, another] = [bench.person('reviewer'), bench.person('reviewer')];
    const reader = bench.person('clerk');
    const ask = async (key: string, headers: Record<string, string> = {}): Promise<unknown[]> =>
      Promise.all(
        paths.map(async (path) => {
          const response = await bench.fetch(path, { key, headers });
          return response.ok ? response.status : Problem.parse(await response.json()).code;
        }),
      );
    for (const key of [reviewer, another, reader, bench.keys[0]]) expect(await ask(key)).toEqual(['purpose-required', 'purpose-required']);
    for (const words of ['', 'x', '%20%20'])
      expect(await ask(reader, { 'x-piaoyan-purpose': words })).toEqual(['invalid-field', 'invalid-field']);
    expect(await viewsOf(id)).toEqual([]);

    expect((await bench.fetch(`/v1/receipts/${id}/review`, { method: 'POST', key: reviewer })).status).toBe(200);
    expect(await ask(reviewer)).toEqual([200, 200]);
    // A review of one person says nothing of another.
    expect(await ask(another)).toEqual(['purpose-required', 'purpose-required']);
    expect(await viewsOf(id)).toEqual(expect.arrayContaining([{ purpose: 'review' }, { page: 1, purpose: 'review' }]));

    await bench.rows(`update receipt_review set open_until = now() - interval '1 second' where receipt_id = $1`, [id]);
    expect(await ask(reviewer)).toEqual(['purpose-required', 'purpose-required']);
    expect(await viewsOf(id)).toHaveLength(2);
  });

  it('has a review speak for its receipt alone, for nobody who may no longer review, and forgets it when it has ended', async () => {
    bench.reader.script = () => madeUpReading(newElements());
    const [first, second] = [(await upload()).id, (await upload()).id];
    const who = uuidv7();
    const reviewer = bench.person('reviewer', { id: who });
    await bench.fetch(`/v1/receipts/${first}/review`, { method: 'POST', key: reviewer });
    expect((await bench.fetch(`/v1/receipts/${second}/image`, { key: reviewer })).status).toBe(422);
    expect((await bench.fetch(`/v1/receipts/${first}/image`, { key: bench.person('clerk', { id: who }) })).status).toBe(422);
    await bench.rows(`update receipt_review set open_until = now() - interval '1 second' where reviewer = $1`, [who]);
    await bench.fetch(`/v1/receipts/${second}/review`, { method: 'POST', key: reviewer });
    expect(await bench.rows('select receipt_id as id from receipt_review where reviewer = $1', [who])).toEqual([{ id: second }]);
  });

  it('shows no image when the view cannot be put on record', async () => {
    bench.reader.script = () => madeUpReading(newElements());
    const { id } = await upload();
    await bench.rows("alter table audit_entry add constraint no_views check (action <> 'receipt.image.view') not valid");
    const response = await bench.fetch(`/v1/receipts/${id}/image`, forPurpose('核对票面'));
    await bench.rows('alter table audit_entry drop constraint no_views');
    expect(response.status).toBe(503);
    expect(Problem.parse(await response.json()).code).toBe('unavailable');
  });

  it('lists the own receipts, newest first, page by page', async () => {
    bench.reader.script = () => madeUpReading(newElements(), { decision: 'review' });
    for (let count = 0; count < 3; count += 1) await upload();
    const page = async (query: string, key = bench.keys[0]): Promise<ReceiptPage> =>
      ReceiptPage.parse(await bench.fetch(`/v1/receipts?${query}`, { key }).then((answer) => answer.json()));
    const first = await page('limit=2');
    const second = await page(`limit=200&before=${first.next!}`);
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(first.items[0]).toMatchObject({ decision: 'review', bills: [{ kind: 'medical-outpatient' }] });
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    expect(second.next).toBeNull();
    expect(await page('limit=50', bench.keys[1])).toEqual({ items: [], next: null });
  });

  it.each(['limit=0', 'limit=201', 'limit=many', 'before=abc', 'colour=red'])('refuses a list with %s', async (query) => {
    const response = await bench.fetch(`/v1/receipts?${query}`);
    expect([response.status, Problem.parse(await response.json()).code]).toEqual([422, 'invalid-field']);
  });

  it('answers alike for foreign, missing and impossible ids', async () => {
    bench.reader.script = () => madeUpReading(newElements());
    const { id } = await upload();
    const answers = await Promise.all(
      [id, '019ab1c2-0000-7000-8000-000000000000', 'abc', `${id}'--`].flatMap((wanted) =>
        [`/v1/receipts/${wanted}`, `/v1/receipts/${wanted}/image`, `/v1/receipts/${wanted}/pages/1/image`].map(async (path) => {
          const response = await bench.fetch(path, { key: bench.keys[1] });
          const { id: _problemId, ...problem } = Problem.parse(await response.json());
          return problem;
        }),
      ),
    );
    expect(new Set(answers.map((problem) => JSON.stringify(problem))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404, code: 'not-found' });
  });
});
