import type { FaceItem, ProviderFace } from '@app/contracts';
import type { ProviderAlert } from '../dialect';
import { emptyFace, emptyItem, FACE_TEXT_FIELDS, isElement, ITEM_FIELDS } from '../face';
import { soundReversal } from '../reversal';
import { asRecord, unwrapJsonText, type WireRecord } from '../wire/json';
import { normalizeAmount, normalizeDay } from '../wire/text';
import { isGiven, readCompared, readPath, readText } from './read-path';
import type { Flag, ReplyDescription, Rows } from './reply.schema';

/** The face of a bill as described; what cannot be understood is null and raises an alert. */
export function readGenericFace(reply: ReplyDescription, data: WireRecord, alerts: ProviderAlert[]): ProviderFace {
  const face = emptyFace();
  for (const field of FACE_TEXT_FIELDS)
    face[field] = isElement(field) ? readCompared(data, reply.face[field]) : readText(data, reply.face[field]);
  face.issueDate = normalizeDay(face.issueDate);
  face.totalAmount = normalizeAmount(face.totalAmount);
  face.reversed = readFlag(reply.flags.reversed, data, 'unknownReversedFlag', alerts);
  face.reversed = soundReversal(face, alerts);
  face.accounted = readFlag(reply.flags.accounted, data, 'unknownAccountedFlag', alerts);
  face.printed = readFlag(reply.flags.printed, data, 'unknownPrintedFlag', alerts);
  face.verificationCount = readCount(reply.verificationCount, data, alerts);
  face.items = readItems(reply.items, data, alerts);
  face.itemDetails = readItems(reply.itemDetails, data, alerts);
  face.otherInfo = readOtherInfo(reply.otherInfo, data, alerts);
  return face;
}

function readFlag(flag: Flag | undefined, data: WireRecord, alert: ProviderAlert, alerts: ProviderAlert[]): boolean | null {
  if (!flag || !isGiven(data, flag.at)) return null;
  const text = readText(data, flag.at);
  if (text !== null && flag.yes.includes(text)) return true;
  if (text !== null && flag.no.includes(text)) return false;
  alerts.push(alert);
  return null;
}

function readCount(path: string | undefined, data: WireRecord, alerts: ProviderAlert[]): number | null {
  if (path === undefined || !isGiven(data, path)) return null;
  const text = readText(data, path);
  if (text !== null && /^\d{1,9}$/.test(text)) return Number(text);
  alerts.push('unreadableVerificationCount');
  return null;
}

function readItems(rows: Rows | undefined, data: WireRecord, alerts: ProviderAlert[]): FaceItem[] {
  if (!rows) return [];
  return readRows(rows.at, data, alerts).map((row) => {
    const item = emptyItem();
    for (const field of ITEM_FIELDS) item[field] = readText(row, rows.fields[field]);
    item.amount = normalizeAmount(item.amount);
    return item;
  });
}

function readOtherInfo(rows: ReplyDescription['otherInfo'], data: WireRecord, alerts: ProviderAlert[]): ProviderFace['otherInfo'] {
  if (!rows) return [];
  return readRows(rows.at, data, alerts).map((row) => ({
    cn: readText(row, rows.cn) ?? '',
    en: readText(row, rows.en) ?? '',
    value: readText(row, rows.value) ?? '',
  }));
}

function readRows(path: string, data: WireRecord, alerts: ProviderAlert[]): WireRecord[] {
  if (!isGiven(data, path)) return [];
  const list = unwrapJsonText(readPath(data, path));
  const rows = Array.isArray(list) ? list.map(asRecord).filter((row) => row !== null) : [];
  if (!Array.isArray(list) || rows.length !== list.length) alerts.push('unreadableList');
  return rows;
}
