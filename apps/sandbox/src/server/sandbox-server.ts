import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { FormError } from '@app/providers';
import type { AnsweringMachine, WireAnswer } from '../calls/answering-machine';
import type { IncomingCall, SandboxDialect } from '../dialects/sandbox-dialect';
import type { RequestRecord } from '../records/request-record';
import { ADMIN_PREFIX, type AdminEndpoint, type AdminReply } from './admin.endpoint';
import { RawRequests } from './raw-requests';

const BODY_LIMIT_BYTES = 65_536;
const HEALTHY: AdminReply = { status: 200, body: { status: 'ok' } };

/** What the server answers from. */
export interface SandboxParts {
  dialects: readonly SandboxDialect[];
  machine: AnsweringMachine;
  requests: RequestRecord;
  admin: AdminEndpoint;
}

/** Both providers and the sandbox's own routes on one plain HTTP server; it is not listening yet. */
export function createSandboxServer(parts: SandboxParts, onError: (error: unknown) => void): Server {
  const server = createServer((request, response) => {
    handle(parts, raw, request, response).catch((error: unknown) => {
      // A caller that went away half-way is no fault of ours; what it sent is recorded as unfinished.
      if (request.complete) onError(error);
      response.destroy();
    });
  });
  const raw = new RawRequests(server, (bytes) => {
    if (!isOwnRoute(targetOf(bytes))) parts.requests.add(bytes, false).catch(onError);
  });
  return server;
}

async function handle(parts: SandboxParts, raw: RawRequests, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const bytes = raw.take(request.socket);
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const method = request.method ?? '';
  if (isOwnRoute(path)) {
    sendJson(response, path.startsWith(ADMIN_PREFIX) ? parts.admin.answer(method, path, body) : HEALTHY);
    return;
  }
  const requestNumber = await parts.requests.add(bytes, true);
  const call = { method, query, contentType: request.headers['content-type'] ?? '', body };
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
    sendJson(response, { status: 404, body: { code: 404, msg: '请求地址不正确' } });
    return;
  }
  try {
    send(response, await machine.answer(dialect, call, requestNumber));
  } catch (error) {
    if (!(error instanceof FormError)) throw error;
    sendJson(response, { status: error.reason === 'unsupportedType' ? 415 : 400, body: { code: 400, msg: '参数错误' } });
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

function send(response: ServerResponse, answer: WireAnswer): void {
  if (!answer) {
    response.destroy();
    return;
  }
  response.writeHead(answer.httpStatus, {
    'Content-Type': answer.contentType,
    // A cut body promises more than it has.
    'Content-Length': answer.isCut ? answer.body.length * 2 : answer.body.length,
  });
  if (answer.isCut) response.write(answer.body, () => response.destroy());
  else response.end(answer.body);
}

function sendJson(response: ServerResponse, reply: AdminReply): void {
  const body = Buffer.from(JSON.stringify(reply.body), 'utf8');
  response.writeHead(reply.status, { 'Content-Type': 'application/json;charset=UTF-8', 'Content-Length': body.length });
  response.end(body);
}

const isOwnRoute = (target: string): boolean => target.startsWith(ADMIN_PREFIX) || target.startsWith('/health/');

function targetOf(raw: Buffer): string {
  return raw.subarray(0, 256).toString('latin1').split(' ', 2)[1] ?? '';
}
