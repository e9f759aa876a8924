import { setTimeout as sleep } from 'node:timers/promises';
import type { Mishap } from '../book/fault-script';
import type { Fault } from '../book/fault.schema';
import type { SandboxDialect, Verdict } from '../dialects/sandbox-dialect';
import { asJsonType, inEnvelope, withCodeForm, withCodeTwice } from './reshape-reply';
import type { WireAnswer } from './wire-answer';

const JSON_TYPE = 'application/json;charset=UTF-8';
const HTML = Buffer.from('<html><body><h1>502 Bad Gateway</h1></body></html>');

/** The verdict on its way, after its delay and with its fault. */
export async function deliver(dialect: SandboxDialect, verdict: Verdict, { fault, delayMs }: Mishap): Promise<WireAnswer> {
  if (delayMs > 0) await sleep(delayMs);
  const headers = { 'Content-Type': JSON_TYPE };
  const plain: WireAnswer = { httpStatus: 200, headers, body: dialect.write(verdict), manner: { kind: 'whole' } };
  return fault ? spoil(dialect, verdict, plain, fault) : plain;
}

function spoil(dialect: SandboxDialect, verdict: Verdict, plain: WireAnswer, fault: Fault): WireAnswer {
  const { body } = plain;
  switch (fault.kind) {
    case 'code':
    case 'contradictCharge':
      return plain;
    case 'drop':
      return { ...plain, manner: { kind: 'nothing', afterMs: 0 } };
    case 'stall':
      return { ...plain, manner: { kind: 'nothing', afterMs: fault.forMs } };
    case 'cutHeaders':
      return { ...plain, manner: { kind: 'cutHeaders' } };
    case 'cut':
      return { ...plain, manner: { kind: 'cutBody' } };
    case 'drip':
      return { ...plain, manner: { kind: 'drip', everyMs: fault.everyMs, totalMs: fault.totalMs } };
    case 'halfJson':
      return { ...plain, body: body.subarray(0, body.length >> 1) };
    case 'empty':
      return { ...plain, body: Buffer.alloc(0) };
    case 'huge':
      return { ...plain, body: Buffer.alloc(fault.sizeB, ' ') };
    case 'html':
      return { ...plain, httpStatus: fault.httpStatus, headers: { 'Content-Type': 'text/html' }, body: HTML };
    case 'http':
      return { ...plain, httpStatus: fault.httpStatus, body: fault.body === 'json' ? frameworkError(fault.httpStatus) : Buffer.alloc(0) };
    case 'redirect':
      return { ...plain, httpStatus: fault.httpStatus, headers: { ...plain.headers, Location: dialect.path } };
    case 'jsonType':
      return { ...plain, body: asJsonType(body, fault.type) };
    case 'contentType':
      return { ...plain, headers: { 'Content-Type': fault.contentType } };
    case 'codeForm':
      return { ...plain, body: withCodeForm(dialect, body, fault.form) };
    case 'envelope':
      return dialect.provider === 'netocr' || fault.shape === 'dataAsText' ? { ...plain, body: inEnvelope(body, fault.shape) } : plain;
    case 'duplicateKeys':
      return { ...plain, body: withCodeTwice(dialect, body, fault.conflicting ? oppositeOf(dialect, verdict.code) : null) };
    case 'clockSkew':
      return { ...plain, headers: { ...plain.headers, Date: new Date(Date.now() + fault.skewMs).toUTCString() } };
  }
}

function oppositeOf(dialect: SandboxDialect, code: string): string {
  const match = dialect.codeOf('MATCH');
  return code === match ? dialect.codeOf('MISMATCH') : match;
}

function frameworkError(httpStatus: number): Buffer {
  const error = { timestamp: '2026-05-20T02:15:30.000+00:00', status: httpStatus, error: 'Service Unavailable', path: '/' };
  return Buffer.from(JSON.stringify(error), 'utf8');
}
