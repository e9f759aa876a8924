import type { BillItem, FieldName } from '@app/contracts';
import type { SampleBill } from '../bill/sample-bill';
import type { Box, Sheet, TextStyle } from './sheet';

/** What the parts of a page draw with. */
export interface Pen {
  sheet: Sheet;
  /** Colour of labels and rules. */
  ink: string;
  boxes: Partial<Record<FieldName, Box>>;
}

/** Where the table stands on the sheet. */
export const TABLE = { left: 68, top: 290, width: 1264 } as const;

const ROW_HEIGHT = 42;
const PADDING = 10;
const TEXT_SIZE = 21;

interface Column {
  head: string;
  /** Part of the table's width. */
  share: number;
  anchor: 'start' | 'end';
  value(item: BillItem): string;
}

const GENERAL: readonly Column[] = [
  { head: '项目编码', share: 0.16, anchor: 'start', value: (item) => item.itemCode },
  { head: '项目名称', share: 0.25, anchor: 'start', value: (item) => item.itemName },
  { head: '单位', share: 0.08, anchor: 'start', value: (item) => item.unit },
  { head: '数量', share: 0.09, anchor: 'end', value: (item) => item.quantity },
  { head: '标准', share: 0.15, anchor: 'end', value: (item) => item.standard },
  { head: '金额（元）', share: 0.17, anchor: 'end', value: (item) => item.amount },
  { head: '备注', share: 0.1, anchor: 'start', value: (item) => item.itemRemark },
];

const MEDICAL_GROUP: readonly Column[] = [
  { head: '项目名称', share: 0.2, anchor: 'start', value: (item) => item.itemName },
  { head: '数量/单位', share: 0.11, anchor: 'start', value: (item) => `${item.quantity}/${item.unit}` },
  { head: '金额（元）', share: 0.125, anchor: 'end', value: (item) => item.amount },
  { head: '备注', share: 0.065, anchor: 'start', value: (item) => item.itemRemark },
];

/** Draws the rows, in two column groups on medical bills, and answers where the table ends. */
export function drawItems(pen: Pen, bill: SampleBill): number {
  const isMedical = bill.kind.startsWith('medical');
  const columns = isMedical ? [...MEDICAL_GROUP, ...MEDICAL_GROUP] : GENERAL;
  const groups = isMedical ? 2 : 1;
  const rowCount = Math.max(3, Math.ceil(bill.items.length / groups));
  drawRules(pen, columns, rowCount);
  for (let row = 0; row < rowCount; row++) {
    for (let group = 0; group < groups; group++) {
      const item = bill.items[row * groups + group];
      if (item) drawRow(pen, columns, { item, row, firstColumn: group * MEDICAL_GROUP.length, columnCount: columns.length / groups });
    }
  }
  return TABLE.top + (rowCount + 1) * ROW_HEIGHT;
}

function drawRules(pen: Pen, columns: readonly Column[], rowCount: number): void {
  const { sheet, ink } = pen;
  const height = (rowCount + 1) * ROW_HEIGHT;
  sheet.frame({ x: TABLE.left, y: TABLE.top, width: TABLE.width, height }, ink);
  for (let row = 1; row <= rowCount; row++) {
    const y = TABLE.top + row * ROW_HEIGHT;
    sheet.line(TABLE.left, y, TABLE.left + TABLE.width, y, ink);
  }
  let x: number = TABLE.left;
  for (const column of columns) {
    const width = column.share * TABLE.width;
    sheet.text(column.head, x + width / 2, TABLE.top + 29, { size: TEXT_SIZE, face: 'sans', colour: ink, anchor: 'middle' });
    if (x > TABLE.left) sheet.line(x, TABLE.top, x, TABLE.top + height, ink);
    x += width;
  }
}

function drawRow(
  pen: Pen,
  columns: readonly Column[],
  place: { item: BillItem; row: number; firstColumn: number; columnCount: number },
): void {
  const y = TABLE.top + (place.row + 1) * ROW_HEIGHT + 29;
  let x = TABLE.left + columns.slice(0, place.firstColumn).reduce((sum, column) => sum + column.share, 0) * TABLE.width;
  for (const column of columns.slice(place.firstColumn, place.firstColumn + place.columnCount)) {
    const width = column.share * TABLE.width;
    const style: TextStyle = { size: TEXT_SIZE, face: 'sans', colour: '#141414', anchor: column.anchor, maxWidth: width - 2 * PADDING };
    const value = column.value(place.item);
    if (value) pen.sheet.text(value, column.anchor === 'end' ? x + width - PADDING : x + PADDING, y, style);
    x += width;
  }
}
