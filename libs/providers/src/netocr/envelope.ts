import { asRecord, textOf, unwrapJsonText, type WireRecord } from '../wire/json';
import { NETOCR_LABELS } from './fields';

/** Code, message and bill of a reply, whichever of netocr's envelopes carried them. */
export interface NetocrEnvelope {
  code: string;
  /** Whatever else stands where a code may stand, beside it or within the data. */
  otherCodes: readonly string[];
  message: string | null;
  data: WireRecord | null;
}

/**
 * Reads all envelopes seen at netocr's services, since the one of this endpoint is not printed: `code`/`msg`/`data`, `data` as a list of
 * `{ invoice }`, a top-level `status`, and `messageString` with `infoList`. Null when no code is to be found.
 */
export function readEnvelope(reply: unknown): NetocrEnvelope | null {
  const body = asRecord(reply);
  if (!body) return null;
  const older = asRecord(unwrapJsonText(body['messageString']));
  const code = textOf(body, 'code') ?? textOf(body, 'status') ?? (older && textOf(older, 'status'));
  if (code === null) return null;
  const message = textOf(body, 'msg') ?? textOf(body, 'message') ?? (older && textOf(older, 'value'));
  const wrapped = wrapperOf(body['data']);
  const otherCodes = [body, older, wrapped].flatMap((place) => (place ? [textOf(place, 'code'), textOf(place, 'status')] : []));
  return {
    code,
    otherCodes: otherCodes.filter((other) => other !== null && other !== code) as string[],
    message,
    data: billOf(wrapped) ?? readInfoList(body['infoList']),
  };
}

function wrapperOf(raw: unknown): WireRecord | null {
  return onlyRecord(unwrapJsonText(raw));
}

function billOf(wrapped: WireRecord | null): WireRecord | null {
  return wrapped && (asRecord(unwrapJsonText(wrapped['invoice'])) ?? wrapped);
}

/** Of a list, its one entry: of several bills nobody knows which was asked about. */
function onlyRecord(value: unknown): WireRecord | null {
  if (!Array.isArray(value)) return asRecord(value);
  return value.length === 1 ? asRecord(value[0]) : null;
}

/** Names are values here, so no parser sees that one stands twice: where it has two values, none of the bill is believed. */
function readInfoList(raw: unknown): WireRecord | null {
  const list = unwrapJsonText(raw);
  const entries = unwrapJsonText(Array.isArray(list) ? onlyRecord(list)?.['veritem'] : null);
  if (!Array.isArray(entries)) return null;
  const fields = new Map<string, unknown>();
  for (const entry of entries.map(asRecord)) {
    const label = entry && textOf(entry, 'desc');
    if (!label) continue;
    const name = Object.hasOwn(NETOCR_LABELS, label) ? (NETOCR_LABELS[label] ?? label) : label;
    if (fields.has(name) && JSON.stringify(fields.get(name)) !== JSON.stringify(entry['content'])) return null;
    fields.set(name, entry['content']);
  }
  return Object.fromEntries(fields);
}
