import { ELEMENT_NAMES, type Elements } from '@app/contracts';
import type { EncodedRequest } from '../dialect';
import { encodeForm } from '../wire/form';
import type { GenericCredentials } from './credentials';
import type { RequestDescription, Slot } from './request.schema';
import { signGeneric, writeTimestamp, type SentTexts } from './sign';
import { writePath } from './write-path';

type FieldValue = string | number | boolean;

/** A request as its description says: the five elements, constants, credentials and the moment of sending. */
export function encodeGenericRequest(
  request: RequestDescription,
  account: GenericCredentials,
  elements: Elements,
  now: Date,
): EncodedRequest {
  const sent = sentTexts(request, elements, now);
  const fields: [name: string, value: FieldValue][] = ELEMENT_NAMES.map((name) => [request.elements[name], sent[name]]);
  fields.push(...Object.entries(request.constants));
  const headers: Record<string, string> = {};
  for (const [slot, value] of accountParts(request, account, sent)) {
    if (slot.in === 'field') fields.push([slot.name, value]);
    else headers[slot.name] = `${slot.prefix}${value}`;
  }
  const body = request.body === 'json' ? encodeJson(fields) : encodeForm(fields.map(([name, value]) => [name, String(value)]));
  const contentType = request.body === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  return {
    method: 'POST',
    path: request.path,
    headers: { ...headers, 'Content-Type': contentType, 'Content-Length': String(body.length) },
    body,
  };
}

function sentTexts(request: RequestDescription, elements: Elements, now: Date): SentTexts {
  const { billCode, billNumber, checkCode, issueDate, totalAmount } = elements;
  return {
    billCode,
    billNumber,
    checkCode,
    issueDate: request.dateForm === 'YYYYMMDD' ? issueDate.replaceAll('-', '') : issueDate,
    totalAmount,
    timestamp: request.timestamp ? writeTimestamp(request.timestamp.form, now) : '',
  };
}

function accountParts(request: RequestDescription, account: GenericCredentials, sent: SentTexts): [Slot, string][] {
  const { id, secret, timestamp, signature } = request;
  const parts: [Slot, string][] = [];
  if (id) parts.push([id, account.id ?? '']);
  if (timestamp) parts.push([timestamp.at, sent.timestamp]);
  if (secret) parts.push([secret, account.secret ?? '']);
  if (signature) parts.push([signature.at, signGeneric(signature, account, sent)]);
  return parts;
}

function encodeJson(fields: readonly [string, FieldValue][]): Buffer {
  const root: Record<string, unknown> = {};
  for (const [name, value] of fields) writePath(root, name, value);
  return Buffer.from(JSON.stringify(root), 'utf8');
}
