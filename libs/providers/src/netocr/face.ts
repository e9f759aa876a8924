import type { FaceItem, ProviderFace } from '@app/contracts';
import type { ProviderAlert } from '../dialect';
import { emptyFace, emptyItem, isElement } from '../face';
import { soundReversal } from '../reversal';
import { comparedText, flagText, listOf, textOf, type WireRecord } from '../wire/json';
import { normalizeAmount, normalizeDay } from '../wire/text';
import { NETOCR_FACE_FIELDS, NETOCR_ITEM_FIELDS } from './fields';
import { readNetocrFlag } from './flags';

/** The face of a bill from netocr's flat field table; what cannot be understood is null and raises an alert. */
export function readNetocrFace(data: WireRecord, alerts: ProviderAlert[]): ProviderFace {
  const face = emptyFace();
  for (const [wire, field] of Object.entries(NETOCR_FACE_FIELDS))
    face[field] = isElement(field) ? comparedText(data, wire) : textOf(data, wire);
  face.issueDate = normalizeDay(face.issueDate);
  face.totalAmount = normalizeAmount(face.totalAmount);
  face.reversed = flag(data, 'redTag', 'unknownReversedFlag', alerts);
  face.reversed = soundReversal(face, alerts);
  face.accounted = flag(data, 'entryTag', 'unknownAccountedFlag', alerts);
  face.printed = flag(data, 'printTag', 'unknownPrintedFlag', alerts);
  face.verificationCount = count(textOf(data, 'checkNum'), alerts);
  face.items = rows(data, 'invoiceLists', alerts).map(readItem);
  face.itemDetails = rows(data, 'invoiceDetails', alerts).map(readItem);
  face.otherInfo = rows(data, 'otherInfos', alerts).map((row) => ({
    cn: textOf(row, 'fieldCn') ?? '',
    en: textOf(row, 'fieldEn') ?? '',
    value: textOf(row, 'fieldValue') ?? '',
  }));
  return face;
}

function readItem(row: WireRecord): FaceItem {
  const item = emptyItem();
  for (const [wire, field] of Object.entries(NETOCR_ITEM_FIELDS)) item[field] = textOf(row, wire);
  item.amount = normalizeAmount(item.amount);
  return item;
}

function rows(data: WireRecord, key: string, alerts: ProviderAlert[]): WireRecord[] {
  const list = listOf(data, key);
  if (!list.readable) alerts.push('unreadableList');
  return list.rows;
}

function flag(data: WireRecord, key: string, alert: ProviderAlert, alerts: ProviderAlert[]): boolean | null {
  const value = readNetocrFlag(flagText(data, key));
  if (value === undefined) alerts.push(alert);
  return value ?? null;
}

function count(text: string | null, alerts: ProviderAlert[]): number | null {
  if (text === null) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  alerts.push('unreadableVerificationCount');
  return null;
}
