import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { FormError } from '@app/providers';
import type { AnsweringMachine } from '../calls/answering-machine';
import type { IncomingCall, SandboxDialect } from '../dialects/sandbox-dialect';
import type { RequestRecord } from '../records/request-record';
import { ADMIN_PREFIX, type AdminEndpoint, type AdminReply } from './admin.endpoint';
import { Outage } from './outage';
import { RawRequests } from './raw-requests';
import { sendAnswer } from './send-answer';

const BODY_LIMIT_BYTES = 65_536;
const HEALTHY: AdminReply = { status: 200, body: { status: 'ok' } };

/** What the server answers from. */
export interface SandboxParts {
  dialects: readonly SandboxDialect[];
  machine: AnsweringMachine;
  requests: RequestRecord;
  admin: AdminEndpoint;
}

/** The providers and the sandbox's own routes on one plain HTTP server; it is not listening yet. */
export function createSandboxServer(parts: SandboxParts, onError: (error: unknown) => void): Server {
  const server = createServer((request, response) => {
    handle(parts, { raw, outage }, request, response).catch((error: unknown) => {
      // A caller that went away half-way is no fault of ours; what it sent is recorded as unfinished.
      if (request.complete) onError(error);
      response.destroy();
    });
  });
  const outage = new Outage(server);
  const raw = new RawRequests(server, parts.requests.isKept, (bytes) => {
    if (!isOwnRoute(targetOf(bytes))) parts.requests.add(bytes, false).catch(onError);
  });
  return server;
}

async function handle(
  parts: SandboxParts,
  { raw, outage }: { raw: RawRequests; outage: Outage },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const bytes = raw.take(request.socket);
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const method = request.method ?? '';
  if (isOwnRoute(path)) {
    const reply = path.startsWith(ADMIN_PREFIX) ? parts.admin.answer(method, path, query, body) : HEALTHY;
    const { outageMs } = reply;
    if (outageMs !== undefined) response.once('finish', () => outage.begin(outageMs));
    sendReply(response, reply);
    return;
  }
  const requestNumber = await parts.requests.add(bytes, true);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const call = { method, query, contentType: request.headers['content-type'] ?? '', headers, body };
  await answerProvider(parts, path, call, requestNumber, response);
}

async function answerProvider(
  { dialects, machine }: SandboxParts,
  path: string,
  call: IncomingCall,
  requestNumber: number,
  response: ServerResponse,
): Promise<void> {
  const dialect = dialects.find((each) => each.path === path && each.methods.includes(call.method));
  if (!dialect) {
    sendReply(response, { status: 404, body: { code: 404, msg: '请求地址不正确' } });
    return;
  }
  try {
    sendAnswer(response, await machine.answer(dialect, call, requestNumber));
  } catch (error) {
    if (!(error instanceof FormError)) throw error;
    sendReply(response, { status: error.reason === 'unsupportedType' ? 415 : 400, body: { code: 400, msg: '参数错误' } });
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_LIMIT_BYTES) throw new FormError('valueTooLong');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function sendReply(response: ServerResponse, reply: AdminReply): void {
  const contentType = reply.csv === undefined ? 'application/json;charset=UTF-8' : 'text/csv;charset=UTF-8';
  const body = Buffer.from(reply.csv ?? JSON.stringify(reply.body), 'utf8');
  response.writeHead(reply.status, { 'Content-Type': contentType, 'Content-Length': body.length });
  response.end(body);
}

const isOwnRoute = (target: string): boolean => target.startsWith(ADMIN_PREFIX) || target.startsWith('/health/');

function targetOf(raw: Buffer): string {
  return raw.subarray(0, 256).toString('latin1').split(' ', 2)[1] ?? '';
}
