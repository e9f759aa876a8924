import type { CodeTable } from '../code-table';
import type { CodeEntry, ProviderAlert, ProviderResult, UpstreamReply } from '../dialect';
import { isSuccessStatus, unreadableReply } from '../result';
import { readReplyJson } from '../wire/reply-json';
import { NETOCR_TABLE } from './codes';
import { readEnvelope } from './envelope';
import { readNetocrFace } from './face';

/** A netocr reply as canonical outcome, charge and face. The charge follows from the code, always. */
export function decodeNetocrReply(reply: UpstreamReply, codes: CodeTable = NETOCR_TABLE): ProviderResult {
  const envelope = readEnvelope(readReplyJson(reply));
  if (!envelope) return unreadableReply();
  const entry = codes.entry(envelope.code);
  const isMatch = entry.outcome === 'MATCH';
  const isSuccess = isSuccessStatus(reply.httpStatus);
  if (isMatch && (!isSuccess || envelope.otherCodes.some((other) => deniesMatch(codes.entry(other))))) return unreadableReply();
  const alerts: ProviderAlert[] = [];
  if (!isSuccess) alerts.push('unexpectedHttpStatus');
  if (entry.alert) alerts.push(entry.alert);
  if (isMatch && !envelope.data) alerts.push('matchWithoutFace');
  return {
    outcome: entry.outcome,
    charge: entry.charge,
    providerCode: envelope.code,
    providerMessage: envelope.message ?? (entry.message || null),
    providerTaskNumber: null,
    providerBillType: null,
    face: isMatch && envelope.data ? readNetocrFace(envelope.data, alerts) : null,
    detailUrl: null,
    alerts,
  };
}

/** Whether a code of the table says anything but a match; a number that no table knows may be a status of the transport. */
function deniesMatch({ outcome }: CodeEntry): boolean {
  return outcome !== 'MATCH' && outcome !== 'UNKNOWN_CODE';
}
