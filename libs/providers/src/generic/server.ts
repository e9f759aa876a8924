import { ELEMENT_NAMES, type Elements, type Outcome, type ProviderFace } from '@app/contracts';
import { FACE_TEXT_FIELDS, ITEM_FIELDS } from '../face';
import { parseForm } from '../wire/form';
import { parseWireJson, WireJsonError } from '../wire/json';
import { FormError, type FormField } from '../wire/multipart';
import type { GenericCredentials } from './credentials';
import { readText } from './read-path';
import type { Flag, ReplyDescription, Rows } from './reply.schema';
import type { RequestDescription, Slot } from './request.schema';
import { isSameSignature, signGeneric, writeTimestamp, type SentTexts } from './sign';
import { writePath } from './write-path';

/** A request to a described provider as it came in; a missing part is `""`. */
export interface GenericCall {
  sent: SentTexts;
  id: string;
  secret: string;
  signature: string;
}

/** A request as the HTTP layer hands it on, header names in lower case. */
export interface IncomingGenericCall {
  headers: Readonly<Record<string, string | undefined>>;
  contentType: string;
  body: Buffer;
}

/** Clock skew that a described provider is taken to accept. */
const SKEW_MS = 300_000;

/**
 * Reads a request as its description says.
 * @throws FormError
 */
export function parseGenericCall(request: RequestDescription, incoming: IncomingGenericCall): GenericCall {
  const fieldOf = request.body === 'json' ? jsonFields(incoming.body) : formFields(parseForm(incoming.body, incoming.contentType));
  const partOf = (slot: Slot | undefined): string => {
    if (!slot) return '';
    if (slot.in === 'field') return fieldOf(slot.name);
    const value = incoming.headers[slot.name.toLowerCase()] ?? '';
    return value.startsWith(slot.prefix) ? value.slice(slot.prefix.length) : '';
  };
  const elements = Object.fromEntries(ELEMENT_NAMES.map((name) => [name, fieldOf(request.elements[name])])) as Elements;
  return {
    sent: { ...elements, timestamp: partOf(request.timestamp?.at) },
    id: partOf(request.id),
    secret: partOf(request.secret),
    signature: partOf(request.signature?.at),
  };
}

/** Whether the call was made with this account, now. */
export function isGenericCallAuthentic(request: RequestDescription, call: GenericCall, account: GenericCredentials, now: Date): boolean {
  if (request.id && call.id !== account.id) return false;
  if (request.secret && call.secret !== account.secret) return false;
  if (request.timestamp && !isFresh(request.timestamp.form, call.sent.timestamp, now)) return false;
  return !request.signature || isSameSignature(call.signature, signGeneric(request.signature, account, call.sent));
}

/** Texts of one length that sort as their moments do: the earliest and the latest that are accepted enclose the rest. */
function isFresh(form: NonNullable<RequestDescription['timestamp']>['form'], timestamp: string, now: Date): boolean {
  const [earliest, latest] = [-SKEW_MS, SKEW_MS].map((shift) => writeTimestamp(form, new Date(now.getTime() + shift)));
  return earliest !== undefined && latest !== undefined && timestamp >= earliest && timestamp <= latest && /^\d+$/.test(timestamp);
}

/** The code by which the description tells an outcome; the nearest one where it has none of its own. */
export function genericCodeOf(reply: ReplyDescription, outcome: Outcome): string {
  const codeFor = (wanted: Outcome): string | undefined => Object.entries(reply.codes).find(([, entry]) => entry.outcome === wanted)?.[0];
  return codeFor(outcome) ?? codeFor('BAD_PARAM') ?? codeFor('PROVIDER_ERROR') ?? 'undescribed';
}

/** What a reply is written from. */
export interface GenericReply {
  code: string;
  message?: string;
  charged: boolean;
  taskNumber: string;
  face?: ProviderFace | null;
}

/** Writes a reply as the description reads it, as UTF-8 JSON. */
export function formatGenericReply(description: ReplyDescription, reply: GenericReply): Buffer {
  const root: Record<string, unknown> = {};
  const write = (path: string | undefined, value: unknown): void => {
    if (path !== undefined) writePath(root, path, value);
  };
  write(description.code, reply.code);
  write(description.message, reply.message ?? description.codes[reply.code]?.message ?? '');
  write(description.taskNumber, reply.taskNumber);
  if (description.charge) write(description.charge.at, description.charge[reply.charged ? 'charged' : 'notCharged'][0]);
  if (reply.face) {
    const data = faceFields(description, reply.face);
    if (description.data === undefined) for (const [path, value] of data) write(path, value);
    else for (const [path, value] of data) write(`${description.data}.${path}`, value);
  }
  return Buffer.from(JSON.stringify(root), 'utf8');
}

function faceFields(description: ReplyDescription, face: ProviderFace): [path: string, value: unknown][] {
  const { flags, items, itemDetails, otherInfo, verificationCount } = description;
  const fields: [string | undefined, unknown][] = [
    ...FACE_TEXT_FIELDS.map((name): [string | undefined, unknown] => [description.face[name], face[name] ?? '']),
    [flags.reversed?.at, flagText(flags.reversed, face.reversed)],
    [flags.accounted?.at, flagText(flags.accounted, face.accounted)],
    [flags.printed?.at, flagText(flags.printed, face.printed)],
    [verificationCount, face.verificationCount === null ? '' : String(face.verificationCount)],
    [items?.at, items && writeRows(items, face.items)],
    [itemDetails?.at, itemDetails && writeRows(itemDetails, face.itemDetails)],
    [otherInfo?.at, otherInfo && face.otherInfo.map((info) => writeInfo(otherInfo, info))],
  ];
  return fields.filter((field): field is [string, unknown] => field[0] !== undefined);
}

function flagText(flag: Flag | undefined, value: boolean | null): string {
  if (!flag || value === null) return '';
  return (value ? flag.yes : flag.no)[0] ?? '';
}

function writeRows({ fields }: Rows, items: ProviderFace['items']): Record<string, unknown>[] {
  return items.map((item) => {
    const row: Record<string, unknown> = {};
    for (const name of ITEM_FIELDS) if (fields[name] !== undefined) writePath(row, fields[name], item[name] ?? '');
    return row;
  });
}

function writeInfo(paths: NonNullable<ReplyDescription['otherInfo']>, info: ProviderFace['otherInfo'][number]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const name of ['cn', 'en', 'value'] as const) if (paths[name] !== undefined) writePath(row, paths[name], info[name]);
  return row;
}

function jsonFields(body: Buffer): (name: string) => string {
  try {
    const root = parseWireJson(body.toString('utf8'));
    return (name) => readText(root, name) ?? '';
  } catch (error) {
    if (error instanceof WireJsonError) throw new FormError('malformed');
    throw error;
  }
}

function formFields(fields: readonly FormField[]): (name: string) => string {
  return (name) => fields.findLast(([field]) => field === name)?.[1] ?? '';
}
