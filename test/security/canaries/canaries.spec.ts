import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EGRESS_CALL_PATH, type Elements } from '@app/contracts';
import { encodeJumdataRequest } from '../../../libs/providers/src/jumdata/request';
import { encodeNetocrRequest } from '../../../libs/providers/src/netocr/request';
import { AskedElements } from './asked-elements';
import { documentOf } from './bill-documents';
import { Canaries, CANARY_KINDS } from './canary';
import { ENCODINGS } from './encodings';
import type { Exit } from './exits';
import { checkGatewayCall, checkWebhook } from './inner-wires';
import { isTight, judge } from './judgement';
import { foreignIn } from './kernel-sockets';
import { markedBills } from './marked-bill';
import { plantsIn } from './plants';
import { checkProviderRequest } from './provider-wire';
import { readRecording } from './recording';
import { Searcher } from './searcher';
import { writeRecorder } from './watched-product';
import { wireRequests } from './wire-request';

const ELEMENTS: Elements = {
  billCode: '99060126',
  billNumber: '7000012345',
  checkCode: 'GH34rt',
  issueDate: '2026-07-12',
  totalAmount: '486.20',
};
const ACCOUNTS = { netocr: { key: 'a'.repeat(32), secret: 'b'.repeat(32) }, jumdata: { appId: 'c'.repeat(32), appSecret: 'd'.repeat(32) } };
const HOST = '127.0.0.1:9000';
const TARGETS = {
  provider: HOST,
  gateway: '127.0.0.1:9001',
  webhooks: '127.0.0.1:9002',
  siem: '127.0.0.1:9003',
  database: '127.0.0.1:9004',
};
const ASKED = new AskedElements([ELEMENTS]);

/** A request as it stands on a wire. */
function wire(line: string, headers: Record<string, string>, body: Buffer): Buffer {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${head.join('')}\r\n`), body]);
}

const toNetocr = (): Buffer => {
  const { method, path, headers, body } = encodeNetocrRequest({ ...ACCOUNTS.netocr, encoding: 'multipart' }, ELEMENTS);
  return wire(`${method} ${path}`, { Host: HOST, ...headers, Connection: 'close' }, body);
};
const toJumdata = (): Buffer => {
  const { method, path, headers, body } = encodeJumdataRequest({ ...ACCOUNTS.jumdata, dateParameter: 'kqrq' }, ELEMENTS, new Date());
  return wire(`${method} ${path}`, { Host: HOST, ...headers, Connection: 'close' }, body);
};
const inJson = (line: string, headers: Record<string, string>, value: unknown): Buffer => {
  const body = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return wire(
    line,
    { host: HOST, connection: 'keep-alive', 'content-type': 'application/json', ...headers, 'content-length': String(body.length) },
    body,
  );
};
const toGateway = (value: unknown): Buffer => inJson(`POST ${EGRESS_CALL_PATH}`, { accept: 'application/json' }, value);

/** Changes the bytes and keeps the length that the request says. */
function changed(raw: Buffer, from: string, to: string): Buffer {
  const text = raw.toString('latin1').replace(from, to);
  const length = text.length - text.indexOf('\r\n\r\n') - 4;
  return Buffer.from(
    text.replace(/content-length: \d+/i, (header) => `${header.slice(0, 16)}${length}`),
    'latin1',
  );
}

describe('the search for canaries', () => {
  const canaries = new Canaries(1);
  for (const kind of CANARY_KINDS) canaries.mint(kind === 'element' ? 'payer' : kind);
  for (let count = 0; count < 20; count++) canaries.mintCheckCode();
  const documents = [{ name: 'picture', bytes: randomBytes(5_000) }];
  const searcher = new Searcher(canaries.all, documents);
  const message = Buffer.from(
    JSON.stringify({ level: 'info', time: Date.now(), msg: 'request answered', requestId: randomUUID() }).repeat(20),
  );

  it.each(ENCODINGS)('finds each of them as $name, wherever it begins', ({ encode }) => {
    for (const [at, { text, kind }] of canaries.all.slice(0, 5).entries()) {
      const leaky = Buffer.concat([message.subarray(0, 100 + at), encode(text), message]);
      expect(searcher.search(leaky).map((each) => [each.kind, each.what])).toContainEqual([kind, text]);
    }
  });

  it('finds short ones as words alone', () => {
    const { text } = canaries.all.at(-1)!;
    expect(searcher.search(Buffer.from(`{"checkCode":"${text}"}`))).toMatchObject([{ kind: 'element', what: text }]);
    expect(searcher.search(Buffer.from(`x${text}`))).toEqual([]);
  });

  it('finds any 24 bytes of a document, and not 23', () => {
    const { bytes, name } = documents[0]!;
    for (let from = 0; from < 16; from++) {
      const around = (length: number): Buffer =>
        Buffer.concat([message, Buffer.from('<'), bytes.subarray(100 + from, 100 + from + length), Buffer.from('>')]);
      expect(searcher.search(around(24))).toMatchObject([{ kind: 'documentBytes', what: name }]);
      // The byte after it is another than the document's, or the run is longer by chance.
      if (bytes[100 + from + 23] !== 0x3e && bytes[99 + from] !== 0x3c) expect(searcher.search(around(23))).toEqual([]);
    }
  });

  it('finds everything that is planted into each way out, and nothing in what is clean', () => {
    const exits: Exit[] = ['log', 'webhook', 'request', 'empty'].map((name) => ({
      name,
      allowed: [],
      blobs: name === 'empty' ? [] : [message],
    }));
    const plants = plantsIn(exits, canaries.all, documents);
    expect(plants.length).toBeGreaterThan(100);
    expect(plants.filter(({ bytes, text }) => !searcher.search(bytes).some(({ what }) => what === text))).toEqual([]);
    expect(searcher.search(message)).toEqual([]);
  });
});

describe('the documents', () => {
  const bills = markedBills({ seed: 3, count: 5, tenants: 1, today: '2026-11-01' });

  it.each([
    ['png', 0, ['exif', 'pngText']],
    ['pdf', 1, ['pdfMetadata', 'pdfText']],
    ['ofd', 2, ['ofdPart', 'payer']],
    ['xml', 3, ['xmlField', 'payer', 'payerCreditCode', 'itemName', 'otherInfo']],
  ] as const)('of the form %s hold their canaries', async (form, at, kinds) => {
    const marked = bills[at]!;
    const canaries = new Canaries(4);
    const document = await documentOf(marked, canaries);
    expect(document.form).toBe(form);
    const found = new Searcher([...marked.canaries, ...canaries.all], []).search(document.bytes);
    expect(found.map(({ kind }) => kind)).toEqual(expect.arrayContaining([...kinds]));
    const own = canaries.all.filter(({ kind }) => kind === 'exif' || kind === 'pngText' || kind === 'pdfMetadata' || kind === 'ofdPart');
    expect(own.filter(({ text }) => !found.some(({ what }) => what === text))).toEqual([]);
  });
});

describe('what may stand on the wires', () => {
  const allowed = { host: HOST, accounts: ACCOUNTS, asked: ASKED };
  const checkProvider = (raw: Buffer): void => {
    const { requests, unfinished } = wireRequests(raw);
    expect([requests.length, unfinished.length]).toEqual([1, 0]);
    checkProviderRequest(requests[0]!, allowed);
  };

  it.each([toNetocr, toJumdata])('takes what the product sends to the provider', (made) => {
    expect(() => checkProvider(made())).not.toThrow();
  });

  it.each([
    ['a header', toNetocr, '\r\n\r\n', '\r\nX-Payer: 1\r\n\r\n', 'the header x-payer'],
    ['a header that stands there anyway', toNetocr, 'Connection: close', 'Connection: payer', 'another value of the header connection'],
    ['a header twice', toNetocr, 'Connection: close', 'Connection: close\r\nConnection: close', 'the header Connection twice'],
    ['a query', toNetocr, '.do HTTP', '.do?payer=1 HTTP', 'another request line'],
    [
      'a field',
      toNetocr,
      '----piaoyan5c1e7f0a94b2--',
      '----piaoyan5c1e7f0a94b2\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n------piaoyan5c1e7f0a94b2--',
      'a body of other fields',
    ],
    ['a file name', toNetocr, 'name="typeId"', 'name="typeId"; filename="x"', 'a body of other fields'],
    ['something behind the last field', toNetocr, 'b2--\r\n', 'b2--\r\nx', 'a body of other fields'],
    ['other credentials', toNetocr, 'aaaa', 'aaab', 'other credentials'],
    ['another typeId', toNetocr, '3017', '3018', 'another typeId'],
    ['another check code', toNetocr, ELEMENTS.checkCode, 'GH34rx', 'elements of no verification'],
    ['another amount', toJumdata, ELEMENTS.totalAmount, '486.21', 'elements of no verification'],
    ['a parameter', toJumdata, '&je=', '&payer=1&je=', 'a body of other fields'],
    ['a parameter at the end', toJumdata, '486.20', '486.20&x=1', 'a body of other fields'],
    ['a signature of something else', toJumdata, 'sign=', 'sign=0', 'a signature of something else'],
    ['a time that is none', toJumdata, 'timestamp=', 'timestamp=9', 'a timestamp that is none'],
  ])('refuses %s', (_, made, from, to, fault) => {
    const raw = made();
    const spoilt = changed(raw, from, to);
    expect(spoilt.equals(raw)).toBe(false);
    expect(() => checkProvider(spoilt)).toThrow(fault);
  });

  it('refuses what stands between requests', () => {
    expect(wireRequests(Buffer.concat([toNetocr(), toJumdata()])).requests).toHaveLength(2);
    expect(() => wireRequests(Buffer.concat([toNetocr(), Buffer.from('payer\r\n\r\n')]))).toThrow('no Content-Length');
    expect(wireRequests(toNetocr().subarray(0, 300)).unfinished).toHaveLength(300);
  });

  const gateway = (raw: Buffer): void => checkGatewayCall(wireRequests(raw).requests[0]!, ASKED);
  const call = { attemptId: randomUUID(), replyKey: 'A'.repeat(43), provider: 'netocr', elements: ELEMENTS };

  it('takes a call of the gateway, and none with more or something else in it', () => {
    expect(() => gateway(toGateway(call))).not.toThrow();
    expect(() => gateway(toGateway({ ...call, payer: 'x' }))).toThrow('not in the shape');
    expect(() => gateway(toGateway({ ...call, replyKey: 'A'.repeat(44) }))).toThrow('not in the shape');
    expect(() => gateway(toGateway({ ...call, elements: { ...ELEMENTS, payer: 'x' } }))).toThrow('not in the shape');
    expect(() => gateway(toGateway({ ...call, elements: { ...ELEMENTS, billNumber: '7000012346' } }))).toThrow('elements of no');
    expect(() => gateway(toGateway(`${JSON.stringify(call)}  `))).toThrow('something beside');
  });

  it('takes a webhook, and none with more in it', () => {
    const headers = {
      'user-agent': 'piaoyan',
      'webhook-id': randomUUID(),
      'webhook-timestamp': '1795305600',
      'webhook-signature': `v1,${randomBytes(32).toString('base64')}`,
    };
    const news = { type: 'webhook.test', timestamp: new Date().toISOString(), data: { endpointId: randomUUID() } };
    const webhook = (value: unknown, more = {}): void =>
      checkWebhook(wireRequests(inJson('POST /hooks', { ...headers, ...more }, value)).requests[0]!, '/hooks');
    expect(() => webhook(news)).not.toThrow();
    expect(() => webhook({ ...news, data: { ...news.data, payer: 'x' } })).toThrow('not in the shape');
    expect(() => webhook(news, { 'x-payer': 'x' })).toThrow('the header x-payer');
  });
});

describe('the verdict', () => {
  const canaries = new Canaries(2);
  const payer = canaries.mint('payer');
  canaries.keep('element', ELEMENTS.checkCode);
  const clean = { recorders: 1, connections: [{ process: 'egress', target: HOST, sent: toNetocr() }], lookups: [], others: [] };
  const judged = (recording: typeof clean | object, logLine = 'request answered') =>
    judge({
      exits: [
        { name: 'egress to the provider, as received', allowed: ['element'], blobs: [toNetocr()] },
        { name: 'log', allowed: [], blobs: [Buffer.from(`${logLine}\n`)] },
      ],
      recording: { ...clean, ...recording },
      targets: TARGETS,
      accounts: ACCOUNTS,
      asked: ASKED,
      canaries,
      documents: [],
      hookPath: '/hooks',
    });

  it('is good when nothing but what belongs there was recorded', () => {
    const judgement = judged({});
    expect(judgement.exits.map(({ leaks, expected }) => [leaks.length, expected])).toEqual([
      [0, 1],
      [0, 0],
    ]);
    expect(isTight(judgement)).toBe(true);
  });

  it.each([
    ['a payer in a log', {}, payer],
    ['an element in a log', {}, `asked about ${ELEMENTS.checkCode}`],
    ['a name that was looked up', { lookups: [{ process: 'worker', name: 'leak.invalid' }] }, ''],
    ['a connection to elsewhere', { connections: [{ process: 'api', target: HOST, sent: Buffer.alloc(0) }] }, ''],
    ['a datagram', { others: [{ process: 'worker', what: 'datagram to 514 127.0.0.1' }] }, ''],
    [
      'a request with one more header',
      { connections: [{ process: 'egress', target: HOST, sent: changed(toNetocr(), '\r\n\r\n', '\r\nX-A: 1\r\n\r\n') }] },
      '',
    ],
  ])('is bad for %s', (_, recording, logLine) => {
    expect(isTight(judged(recording, logLine))).toBe(false);
  });
});

describe("the kernel's list", () => {
  it('shows an address that is not on this machine, of a socket of ours', () => {
    const row = (remote: string, inode: number): string =>
      `   0: 0100007F:9E9B ${remote} 01 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0000000000000000 20 4 30 10 -1`;
    const remotes = [
      '0100007F:1F90',
      '00000000:0000',
      '08080808:0035',
      '0000000000000000FFFF00000100007F:1F90',
      '00000000000000000000000001000000:1F90',
    ];
    const table = ['head', ...remotes.map((remote, at) => row(remote, 10 + at)), row('01010101:0050', 99)].join('\n');
    expect(foreignIn(table, new Set(['10', '11', '12', '13', '14']))).toEqual(['08080808:0035']);
  });
});

describe('the recorder', () => {
  it('writes down connections with their bytes, look-ups, datagrams and programs, of threads too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'piaoyan-recorder-'));
    const server = createServer((request, response) => void request.resume().on('end', () => response.end()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const recorder = await writeRecorder(folder);
      const script = `
        const send = () => fetch('http://127.0.0.1:${port}/', { method: 'POST', body: 'told-by-' + threadId }).then((answer) => answer.text());
        const { Worker, isMainThread, threadId } = require('node:worker_threads');
        const { lookup } = require('node:dns/promises');
        (async () => {
          await send();
          if (!isMainThread) return;
          await lookup('leak.invalid').catch(() => undefined);
          const datagrams = require('node:dgram').createSocket('udp4');
          await new Promise((resolve) => datagrams.send('x', ${port}, '127.0.0.1', resolve));
          datagrams.close();
          require('node:child_process').spawnSync('true');
          new Worker(__filename);
        })();`;
      const file = join(folder, 'leaky.cjs');
      await writeFile(file, script);
      await mkdir(join(folder, 'records'));
      const env = {
        ...process.env,
        NODE_OPTIONS: `--require=${recorder}`,
        CANARY_RECORD: join(folder, 'records', 'leaky'),
        CANARY_SILENT_PORT: '1',
      };
      await promisify(execFile)(process.execPath, [file], { env });
      const { connections, lookups, others, recorders } = await readRecording(join(folder, 'records'));
      expect(recorders).toBe(2);
      expect(connections.map(({ target }) => target)).toEqual([`127.0.0.1:${port}`, `127.0.0.1:${port}`]);
      expect(connections.map(({ sent }) => /told-by-(\d)$/.exec(sent.toString())?.[1])).toEqual(['0', '1']);
      expect(lookups).toContainEqual({ process: 'leaky', name: 'leak.invalid' });
      expect(others.map(({ what }) => what)).toEqual(expect.arrayContaining([`datagram to x ${port} 127.0.0.1`, 'spawnSync true']));
    } finally {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    }
  });
});
