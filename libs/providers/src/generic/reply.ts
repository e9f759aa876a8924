import type { Charge } from '@app/contracts';
import type { CodeTable } from '../code-table';
import type { ProviderAlert, ProviderResult, UpstreamReply } from '../dialect';
import { isSuccessStatus, unreadableReply } from '../result';
import { asRecord, unwrapJsonText, type WireRecord } from '../wire/json';
import { readReplyJson } from '../wire/reply-json';
import { readGenericFace } from './face';
import { isGiven, readPath, readText } from './read-path';
import type { ReplyDescription } from './reply.schema';

/** A reply as its description reads it; a code that is not described is UNKNOWN_CODE with unknown charge. */
export function decodeGenericReply(description: ReplyDescription, codes: CodeTable, reply: UpstreamReply): ProviderResult {
  const body = asRecord(readReplyJson(reply));
  const code = body && readText(body, description.code);
  if (!body || code === null) return unreadableReply();
  const entry = codes.entry(code);
  const isMatch = entry.outcome === 'MATCH';
  const isSuccess = isSuccessStatus(reply.httpStatus);
  if (isMatch && !isSuccess) return unreadableReply();
  const alerts: ProviderAlert[] = [];
  if (!isSuccess) alerts.push('unexpectedHttpStatus');
  if (entry.alert) alerts.push(entry.alert);
  const data = dataOf(description, body);
  if (isMatch && !data) alerts.push('matchWithoutFace');
  return {
    outcome: entry.outcome,
    charge: readCharge(description.charge, body, entry.charge, alerts),
    providerCode: code,
    providerMessage: readText(body, description.message) ?? (entry.message || null),
    providerTaskNumber: readText(body, description.taskNumber),
    providerBillType: null,
    face: isMatch && data ? readGenericFace(description, data, alerts) : null,
    detailUrl: null,
    alerts,
  };
}

function dataOf({ data }: ReplyDescription, body: WireRecord): WireRecord | null {
  return data === undefined ? body : asRecord(unwrapJsonText(readPath(body, data)));
}

function readCharge(described: ReplyDescription['charge'], body: WireRecord, byCode: Charge, alerts: ProviderAlert[]): Charge {
  if (!described || !isGiven(body, described.at)) return byCode;
  const spoken = spokenCharge(described, readText(body, described.at));
  if (!spoken) {
    alerts.push('unreadableCharge');
    return 'unknown';
  }
  if (byCode !== 'unknown' && spoken !== byCode) alerts.push('chargeContradictsCode');
  return spoken;
}

function spokenCharge({ charged, notCharged }: NonNullable<ReplyDescription['charge']>, text: string | null): Charge | null {
  if (text !== null && charged.includes(text)) return 'charged';
  return text !== null && notCharged.includes(text) ? 'notCharged' : null;
}
