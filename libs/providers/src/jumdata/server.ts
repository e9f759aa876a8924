import type { FaceItem, Outcome, ProviderFace } from '@app/contracts';
import { parseForm, parseFormText } from '../wire/form';
import { FormError, type FormField } from '../wire/multipart';
import { JUMDATA_CODES } from './codes';
import { JUMDATA_FACE_FIELDS, JUMDATA_ITEM_FIELDS } from './fields';
import { writeJumdataReversed } from './flags';
import { isJumdataSignature, signJumdata } from './sign';

const FIELD_NAMES = ['appId', 'timestamp', 'sign', 'fpdm', 'fphm', 'jym', 'kqrq', 'je'] as const;
type JumdataFieldName = (typeof FIELD_NAMES)[number];

/** The eight parameters of a jumdata request as a client sent them; a missing one is `""`. */
export type JumdataCall = Readonly<Record<JumdataFieldName, string>> & { readonly unknownFields: number };

/** Clock skew that a signature's timestamp may have. */
export const JUMDATA_SKEW_MS = 300_000;

/**
 * Reads a jumdata request from query and urlencoded body (the body wins); `kprq` is taken for `kqrq`, as sister services name the day.
 * @throws FormError, also when both names of the day come and differ
 */
export function parseJumdataCall(request: { query: string; body: Buffer; contentType: string }): JumdataCall {
  const inBody = request.body.length > 0 ? parseForm(request.body, request.contentType) : [];
  const sent = [...parseFormText(request.query), ...inBody];
  const day = last(sent, 'kqrq');
  const alias = last(sent, 'kprq');
  if (day !== undefined && alias !== undefined && day !== alias) throw new FormError('malformed');
  const fields = Object.fromEntries(FIELD_NAMES.map((name) => [name, last(sent, name) ?? ''])) as Record<JumdataFieldName, string>;
  const known: readonly string[] = [...FIELD_NAMES, 'kprq'];
  return { ...fields, kqrq: day ?? alias ?? '', unknownFields: sent.filter(([name]) => !known.includes(name)).length };
}

function last(fields: readonly FormField[], name: string): string | undefined {
  return fields.findLast(([field]) => field === name)?.[1];
}

/** Whether the call was signed with this secret within the permitted skew. */
export function isJumdataCallSigned(call: JumdataCall, appSecret: string, now: Date): boolean {
  if (!/^\d{13}$/.test(call.timestamp)) return false;
  if (Math.abs(now.getTime() - Number(call.timestamp)) > JUMDATA_SKEW_MS) return false;
  return isJumdataSignature(call.sign, signJumdata(call.appId, appSecret, call.timestamp));
}

const CODE_OF: Readonly<Record<Outcome, string>> = {
  MATCH: '200',
  NOT_FOUND: '201',
  MISMATCH: '202',
  DAILY_LIMIT: '203',
  FAILED_LIMIT: '203',
  BATCH_QTY: '204',
  OVER_WINDOW: '205',
  IN_PROGRESS: '206',
  REGION_UNSUPPORTED: '207',
  MISSING_PARAM: '400',
  BAD_LENGTH: '400',
  BAD_PARAM: '400',
  IRREGULAR: '411',
  FUTURE_DATE: '412',
  PROVIDER_ERROR: '500',
  NETWORK_TIMEOUT: '502',
  // 601 to 607 would tell the client that its own account is broken.
  ACCOUNT: '500',
  TYPE_ERROR: '500',
  RATE: '206',
  UNKNOWN_CODE: '999',
};

/** The code by which a jumdata client understands an outcome. */
export function jumdataCodeOf(outcome: Outcome): string {
  return CODE_OF[outcome];
}

/** What a jumdata reply is written from. */
export interface JumdataReply {
  code: string;
  message?: string;
  charge: boolean;
  /** Digits only; not written on 400, nor where nothing was asked. */
  taskNumber?: string;
  face?: ProviderFace | null;
  detailUrl?: string | null;
}

/** Writes a jumdata reply as UTF-8 JSON: `data` is the bill on 200, the bill type on 201 and 202, and absent otherwise. */
export function formatJumdataReply(reply: JumdataReply): Buffer {
  const message = reply.message ?? JUMDATA_CODES[reply.code]?.message ?? '';
  const body: Record<string, unknown> = { code: Number(reply.code), msg: message };
  if (reply.code !== '400' && reply.taskNumber !== undefined) body['taskNo'] = reply.taskNumber;
  body['charge'] = reply.charge;
  if (reply.code === '200' && reply.face) body['data'] = writeFace(reply.face, reply.detailUrl ?? '');
  if (reply.code === '201' || reply.code === '202') body['data'] = { fplx: '101' };
  return Buffer.from(JSON.stringify(body), 'utf8');
}

function writeFace(face: ProviderFace, detailUrl: string): Record<string, unknown> {
  const texts = Object.entries(JUMDATA_FACE_FIELDS).map(([wire, field]) => [wire, face[field] ?? '']);
  return {
    ...(Object.fromEntries(texts) as Record<string, string>),
    ch: writeJumdataReversed(face.reversed),
    xmqd: face.items.map(writeItem),
    xmmx: face.itemDetails.map(writeItem),
    qtxx: face.otherInfo.map(({ en, cn, value }) => ({ en, cn, value })),
    detailUrl,
  };
}

function writeItem(item: FaceItem): Record<string, unknown> {
  const texts = Object.entries(JUMDATA_ITEM_FIELDS).map(([wire, field]) => [wire, item[field] ?? '']);
  const sequence = /^\d{1,9}$/.test(item.sequence ?? '') ? Number(item.sequence) : 0;
  return { ...(Object.fromEntries(texts) as Record<string, string>), xmxh: sequence, je: item.amount };
}
