import type { FaceItem, Outcome, ProviderFace } from '@app/contracts';
import { parseForm } from '../wire/form';
import { NETOCR_CODES } from './codes';
import { NETOCR_FACE_FIELDS, NETOCR_ITEM_FIELDS } from './fields';
import { writeNetocrFlag } from './flags';

const FIELD_NAMES = ['key', 'secret', 'typeId', 'invoiceCode', 'invoiceNumber', 'billingDate', 'amountTax', 'checkCode'] as const;
type NetocrFieldName = (typeof FIELD_NAMES)[number];

/** The eight fields of a netocr request as a client sent them; a missing one is `""`. */
export type NetocrCall = Readonly<Record<NetocrFieldName, string>> & { readonly unknownFields: number };

/** How a reply is written where clients and document differ. */
export interface NetocrReplyOptions {
  /** Also write `status` and `message`, for scripts that read those. */
  mirrorStatus?: boolean;
  /** Write the lists as JSON text, as the document's type column says. */
  listsAsString?: boolean;
}

/**
 * Reads a netocr request in either encoding; unknown text fields are dropped and counted.
 * @throws FormError, also for any file part
 */
export function parseNetocrCall(body: Buffer, contentType: string): NetocrCall {
  const sent = parseForm(body, contentType);
  const fields = Object.fromEntries(FIELD_NAMES.map((name) => [name, sent.findLast(([field]) => field === name)?.[1] ?? '']));
  const known: readonly string[] = FIELD_NAMES;
  return { ...(fields as Record<NetocrFieldName, string>), unknownFields: sent.filter(([name]) => !known.includes(name)).length };
}

const CODE_OF: Readonly<Record<Outcome, string>> = {
  MATCH: '0',
  MISMATCH: '-30001',
  NOT_FOUND: '-30002',
  FAILED_LIMIT: '-30000',
  DAILY_LIMIT: '-30003',
  OVER_WINDOW: '-30021',
  IRREGULAR: '-30004',
  FUTURE_DATE: '-30017',
  BAD_PARAM: '-30017',
  MISSING_PARAM: '-30005',
  BAD_LENGTH: '-30008',
  TYPE_ERROR: '-30010',
  IN_PROGRESS: '-30020',
  REGION_UNSUPPORTED: '-30020',
  BATCH_QTY: '-30020',
  PROVIDER_ERROR: '-30010',
  NETWORK_TIMEOUT: '-30010',
  ACCOUNT: '-30010',
  RATE: '-30010',
  UNKNOWN_CODE: '-30010',
};

/** The code by which a netocr client understands an outcome; only codes of its document. */
export function netocrCodeOf(outcome: Outcome): string {
  return CODE_OF[outcome];
}

/** Writes a netocr reply as UTF-8 JSON; `data` stands on code 0 only. */
export function formatNetocrReply(
  reply: { code: string; message?: string; face?: ProviderFace | null },
  options: NetocrReplyOptions = {},
): Buffer {
  const message = reply.message ?? NETOCR_CODES[reply.code]?.message ?? '';
  const body: Record<string, unknown> = { code: Number(reply.code), msg: message };
  if (options.mirrorStatus) Object.assign(body, { status: reply.code, message });
  if (reply.code === '0' && reply.face) body['data'] = writeFace(reply.face, options);
  return Buffer.from(JSON.stringify(body), 'utf8');
}

function writeFace(face: ProviderFace, options: NetocrReplyOptions): Record<string, unknown> {
  const list = (rows: unknown[]): unknown => (options.listsAsString ? JSON.stringify(rows) : rows);
  const texts = Object.entries(NETOCR_FACE_FIELDS).map(([wire, field]) => [wire, face[field] ?? '']);
  return {
    ...(Object.fromEntries(texts) as Record<string, string>),
    checkNum: face.verificationCount === null ? '' : String(face.verificationCount),
    // The amounts without tax and of tax have no canonical field: a client reads "not given".
    totalAmount: '',
    totalTax: '',
    entryTag: writeNetocrFlag(face.accounted),
    printTag: writeNetocrFlag(face.printed),
    redTag: writeNetocrFlag(face.reversed),
    invoiceLists: list(face.items.map(writeItem)),
    invoiceDetails: list(face.itemDetails.map(writeItem)),
    otherInfos: list(face.otherInfo.map((info) => ({ fieldEn: info.en, fieldCn: info.cn, fieldValue: info.value }))),
  };
}

function writeItem(item: FaceItem): Record<string, string> {
  const texts = Object.entries(NETOCR_ITEM_FIELDS).map(([wire, field]) => [wire, item[field] ?? '']);
  return { ...(Object.fromEntries(texts) as Record<string, string>), taxRate: '', tax: '' };
}
