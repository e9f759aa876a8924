import type { CodeEntry, ProviderAlert, ProviderResult, UpstreamReply } from '../dialect';
import { unreadableReply } from '../result';
import { parseWireJson, WireJsonError } from '../wire/json';
import { decodeText } from '../wire/text';
import { NETOCR_CODES, NETOCR_VAT_CODES } from './codes';
import { readEnvelope, type NetocrEnvelope } from './envelope';
import { readNetocrFace } from './face';

/** A netocr reply as canonical outcome, charge and face. The charge follows from the code, always. */
export function decodeNetocrReply(reply: UpstreamReply): ProviderResult {
  const envelope = openEnvelope(reply);
  if (!envelope) return unreadableReply();
  const entry = codeEntry(envelope.code);
  const alerts: ProviderAlert[] = [];
  if (reply.httpStatus < 200 || reply.httpStatus > 299) alerts.push('unexpectedHttpStatus');
  if (entry.alert) alerts.push(entry.alert);
  const isMatch = entry.outcome === 'MATCH';
  if (isMatch && !envelope.data) alerts.push('matchWithoutFace');
  return {
    outcome: entry.outcome,
    charge: entry.charge,
    providerCode: envelope.code,
    providerMessage: envelope.message,
    providerTaskNumber: null,
    providerBillType: null,
    face: isMatch && envelope.data ? readNetocrFace(envelope.data, alerts) : null,
    detailUrl: null,
    alerts,
  };
}

function openEnvelope(reply: UpstreamReply): NetocrEnvelope | null {
  try {
    return readEnvelope(parseWireJson(decodeText(reply.body, reply.contentType)));
  } catch (error) {
    if (error instanceof WireJsonError) return null;
    throw error;
  }
}

function codeEntry(code: string): CodeEntry {
  const table = Object.hasOwn(NETOCR_CODES, code) ? NETOCR_CODES : NETOCR_VAT_CODES;
  const entry = Object.hasOwn(table, code) ? table[code] : undefined;
  return entry ?? { outcome: 'UNKNOWN_CODE', charge: 'unknown', message: '', alert: 'unknownCode' };
}
