import type { Charge } from '@app/contracts';
import type { CodeTable } from '../code-table';
import type { CodeEntry, ProviderAlert, ProviderResult, UpstreamReply } from '../dialect';
import { isSuccessStatus, unreadableReply } from '../result';
import { asRecord, textOf, unwrapJsonText } from '../wire/json';
import { readReplyJson } from '../wire/reply-json';
import { JUMDATA_TABLE, parameterOutcome } from './codes';
import { readJumdataFace } from './face';

/** A jumdata reply as canonical outcome, charge and face. The boolean `charge` is believed over the code table. */
export function decodeJumdataReply(reply: UpstreamReply, codes: CodeTable = JUMDATA_TABLE): ProviderResult {
  const body = asRecord(readReplyJson(reply));
  const code = body && textOf(body, 'code');
  if (!body || code === null) return unreadableReply();
  const data = asRecord(unwrapJsonText(body['data']));
  const message = textOf(body, 'msg') ?? textOf(body, 'message');
  const entry = entryOf(codes, code, message);
  const isMatch = entry.outcome === 'MATCH';
  const isSuccess = isSuccessStatus(reply.httpStatus);
  if (isMatch && !isSuccess) return unreadableReply();
  const alerts: ProviderAlert[] = [];
  if (!isSuccess) alerts.push('unexpectedHttpStatus');
  if (entry.alert) alerts.push(entry.alert);
  if (isMatch && !data) alerts.push('matchWithoutFace');
  return {
    outcome: entry.outcome,
    charge: readCharge(body['charge'], entry.charge, alerts),
    providerCode: code,
    providerMessage: message ?? (entry.message || null),
    providerTaskNumber: textOf(body, 'taskNo'),
    providerBillType: data && textOf(data, 'fplx'),
    face: isMatch && data ? readJumdataFace(data, alerts) : null,
    detailUrl: data && textOf(data, 'detailUrl'),
    alerts,
  };
}

function entryOf(codes: CodeTable, code: string, message: string | null): CodeEntry {
  const entry = codes.entry(code);
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
