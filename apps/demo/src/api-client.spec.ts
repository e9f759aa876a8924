import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiClient, ApiProblemError } from './api-client';
import { sampleResult } from './sample-result.fixture';

const { receipt, end } = sampleResult();
const verification = 'verification' in end ? end.verification : undefined;
const problem = {
  type: 'about:blank',
  title: 'Unprocessable',
  status: 422,
  code: 'receipt-needs-review',
  detail: 'look at it',
  message: { 'zh-CN': '需复核', en: 'review' },
  field: null,
  errors: [],
  id: '1',
};

interface Answer {
  status: number;
  body: unknown;
}

describe('ApiClient', () => {
  let server: Server;
  let client: ApiClient;
  let answers: Answer[];
  let asked: { line: string; authorization: string | undefined; prefer: unknown; body: string }[];

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const { method, url, headers } = request;
        asked.push({ line: `${String(method)} ${String(url)}`, authorization: headers.authorization, prefer: headers['prefer'], body });
        const answer = answers.shift() ?? { status: 500, body: {} };
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new ApiClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'secret');
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('uploads a file under its name, with the key, and asks until it was read', async () => {
    answers = [
      { status: 202, body: { ...receipt, state: 'queued', reading: null } },
      { status: 200, body: { ...receipt, state: 'queued', reading: null } },
      { status: 200, body: receipt },
    ];
    expect(await client.read('票据.png', Buffer.from('bytes'))).toEqual(receipt);
    expect(asked.map(({ line }) => line)).toEqual([
      'POST /v1/receipts',
      `GET /v1/receipts/${receipt.id}`,
      `GET /v1/receipts/${receipt.id}`,
    ]);
    expect(asked[0]).toMatchObject({ authorization: 'Bearer secret', prefer: 'wait=20' });
    expect(asked[0]?.body).toContain('filename="票据.png"');
  });

  it('asks for a verification by the receipt, never by elements of its own', async () => {
    answers = [{ status: 200, body: verification }];
    expect(await client.verify(receipt.id, 'jumdata')).toEqual(verification);
    expect(JSON.parse(asked[0]!.body)).toEqual({ receiptId: receipt.id, provider: 'jumdata' });
  });

  it('tells a problem by its code', async () => {
    answers = [{ status: 422, body: problem }];
    const failure = await client.verify(receipt.id, 'netocr').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiProblemError);
    expect((failure as ApiProblemError).problem.code).toBe('receipt-needs-review');
  });

  it('does not take an answer of another shape for a receipt', async () => {
    answers = [{ status: 200, body: { id: 'x' } }];
    await expect(client.read('a.png', Buffer.from(''))).rejects.toThrow();
  });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
