import type { FaceItem, ProviderFace } from '@app/contracts';
import type { ProviderAlert } from '../dialect';
import { emptyFace, emptyItem, isElement } from '../face';
import { soundReversal } from '../reversal';
import { comparedText, flagText, listOf, textOf, type WireRecord } from '../wire/json';
import { normalizeAmount, normalizeDay } from '../wire/text';
import { JUMDATA_FACE_FIELDS, JUMDATA_ITEM_FIELDS } from './fields';
import { readJumdataReversed } from './flags';

/** The face of a bill from jumdata's `data`; accounted, printed and the count are not given there. */
export function readJumdataFace(data: WireRecord, alerts: ProviderAlert[]): ProviderFace {
  const face = emptyFace();
  for (const [wire, field] of Object.entries(JUMDATA_FACE_FIELDS))
    face[field] = isElement(field) ? comparedText(data, wire) : textOf(data, wire);
  face.issueDate = normalizeDay(face.issueDate);
  face.totalAmount = normalizeAmount(face.totalAmount);
  face.reversed = reversed(data, alerts);
  face.reversed = soundReversal(face, alerts);
  face.items = rows(data, 'xmqd', alerts).map(readItem);
  face.itemDetails = rows(data, 'xmmx', alerts).map(readItem);
  face.otherInfo = rows(data, 'qtxx', alerts).map((row) => ({
    cn: textOf(row, 'cn') ?? '',
    en: textOf(row, 'en') ?? '',
    value: textOf(row, 'value') ?? '',
  }));
  return face;
}

function readItem(row: WireRecord): FaceItem {
  const item = emptyItem();
  for (const [wire, field] of Object.entries(JUMDATA_ITEM_FIELDS)) item[field] = textOf(row, wire);
  item.amount = normalizeAmount(item.amount);
  return item;
}

function rows(data: WireRecord, key: string, alerts: ProviderAlert[]): WireRecord[] {
  const list = listOf(data, key);
  if (!list.readable) alerts.push('unreadableList');
  return list.rows;
}

function reversed(data: WireRecord, alerts: ProviderAlert[]): boolean | null {
  const value = readJumdataReversed(flagText(data, 'ch'));
  if (value === undefined) alerts.push('unknownReversedFlag');
  return value ?? null;
}
