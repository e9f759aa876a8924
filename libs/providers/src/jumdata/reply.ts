import type { Charge } from '@app/contracts';
import type { CodeEntry, ProviderAlert, ProviderResult, UpstreamReply } from '../dialect';
import { unreadableReply } from '../result';
import { asRecord, parseWireJson, textOf, unwrapJsonText, WireJsonError, type WireRecord } from '../wire/json';
import { decodeText } from '../wire/text';
import { JUMDATA_CODES, parameterOutcome } from './codes';
import { readJumdataFace } from './face';

/** A jumdata reply as canonical outcome, charge and face. The boolean `charge` is believed over the code table. */
export function decodeJumdataReply(reply: UpstreamReply): ProviderResult {
  const opened = openReply(reply);
  const code = opened && textOf(opened.body, 'code');
  if (!opened || code === null) return unreadableReply();
  const { body, data } = opened;
  const message = textOf(body, 'msg') ?? textOf(body, 'message');
  const entry = codeEntry(code, message);
  const alerts: ProviderAlert[] = [];
  if (reply.httpStatus < 200 || reply.httpStatus > 299) alerts.push('unexpectedHttpStatus');
  if (entry.alert) alerts.push(entry.alert);
  const isMatch = entry.outcome === 'MATCH';
  if (isMatch && !data) alerts.push('matchWithoutFace');
  return {
    outcome: entry.outcome,
    charge: readCharge(body['charge'], entry.charge, alerts),
    providerCode: code,
    providerMessage: message,
    providerTaskNumber: textOf(body, 'taskNo'),
    providerBillType: data && textOf(data, 'fplx'),
    face: isMatch && data ? readJumdataFace(data, alerts) : null,
    detailUrl: data && textOf(data, 'detailUrl'),
    alerts,
  };
}

function openReply(reply: UpstreamReply): { body: WireRecord; data: WireRecord | null } | null {
  try {
    const body = asRecord(parseWireJson(decodeText(reply.body, reply.contentType)));
    return body && { body, data: asRecord(unwrapJsonText(body['data'])) };
  } catch (error) {
    if (error instanceof WireJsonError) return null;
    throw error;
  }
}

function codeEntry(code: string, message: string | null): CodeEntry {
  const entry = Object.hasOwn(JUMDATA_CODES, code) ? JUMDATA_CODES[code] : undefined;
  if (!entry) return { outcome: 'UNKNOWN_CODE', charge: 'unknown', message: '', alert: 'unknownCode' };
  return code === '400' ? { ...entry, outcome: parameterOutcome(message) } : entry;
}

const SPOKEN_CHARGE: ReadonlyMap<unknown, Charge> = new Map<unknown, Charge>([
  [true, 'charged'],
  ['true', 'charged'],
  [false, 'notCharged'],
  ['false', 'notCharged'],
]);

function readCharge(spoken: unknown, byCode: Charge, alerts: ProviderAlert[]): Charge {
  if (spoken === undefined || spoken === null || spoken === '') return byCode;
  const charge = SPOKEN_CHARGE.get(spoken);
  if (!charge) {
    alerts.push('unreadableCharge');
    return 'unknown';
  }
  if (byCode !== 'unknown' && charge !== byCode) alerts.push('chargeContradictsCode');
  return charge;
}
