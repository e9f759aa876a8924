import { asRecord, textOf, unwrapJsonText, type WireRecord } from '../wire/json';
import { NETOCR_LABELS } from './fields';

/** Code, message and bill of a reply, whichever of netocr's envelopes carried them. */
export interface NetocrEnvelope {
  code: string;
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
  return { code, message, data: readData(body['data']) ?? readInfoList(body['infoList']) };
}

function readData(raw: unknown): WireRecord | null {
  const value = unwrapJsonText(raw);
  const first = asRecord(Array.isArray(value) ? value[0] : value);
  return first && (asRecord(unwrapJsonText(first['invoice'])) ?? first);
}

function readInfoList(raw: unknown): WireRecord | null {
  const list = unwrapJsonText(raw);
  const first = asRecord(Array.isArray(list) ? list[0] : null);
  const entries = unwrapJsonText(first?.['veritem']);
  if (!Array.isArray(entries)) return null;
  const fields: Record<string, unknown> = {};
  for (const entry of entries.map(asRecord)) {
    const name = entry && textOf(entry, 'desc');
    if (name) fields[Object.hasOwn(NETOCR_LABELS, name) ? (NETOCR_LABELS[name] ?? name) : name] = entry['content'];
  }
  return fields;
}
