import { dirname, join } from 'node:path/posix';
import { type NumberKind, numberKind } from './number-format';
import type { Package } from './open-package';
import { TableError } from './table.error';
import { scanXml } from './xml-scanner';

/** What is needed of a workbook to read its first sheet. */
export interface Workbook {
  /** Its first sheet that is not hidden. */
  sheetXml: string;
  strings: readonly string[];
  /** By the number of a cell's style. */
  numberKinds: readonly NumberKind[];
  calendar: 'from1900' | 'from1904';
}

interface Relation {
  id: string;
  /** The last word of its type, such as `worksheet`. */
  type: string;
  /** The full name of the part. */
  target: string;
}

/** Finds the parts that are needed, wherever the program that wrote them put them. @throws TableError `unsupported` or `damaged` */
export function openWorkbook(parts: Package, maxStrings: number): Workbook {
  const main = relationsOf(parts, '').find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const xml = parts.read(main);
  if (xml === null) throw new TableError('unsupported', 'the file is a ZIP archive and no XLSX workbook');
  const { sheetIds, calendar } = contentsOf(xml);
  const relations = relationsOf(parts, main);
  const partOf = (type: string): string | null => {
    const relation = relations.find((each) => each.type === type);
    return relation === undefined ? null : parts.read(relation.target);
  };
  const sheet = relations.find(({ id, type }) => id === sheetIds[0] && type === 'worksheet');
  const sheetXml = sheet === undefined ? null : parts.read(sheet.target);
  if (sheetXml === null) throw new TableError('damaged', 'the workbook is damaged: its first sheet is missing');
  return { sheetXml, calendar, strings: stringsOf(partOf('sharedStrings'), maxStrings), numberKinds: numberKindsOf(partOf('styles')) };
}

function contentsOf(xml: string): { sheetIds: string[]; calendar: Workbook['calendar'] } {
  const sheetIds: string[] = [];
  let calendar: Workbook['calendar'] = 'from1900';
  scanXml(xml, {
    open: (name, attributes) => {
      if (name === 'workbookPr' && ['1', 'true'].includes(attributes.get('date1904') ?? '')) calendar = 'from1904';
      if (name !== 'sheet' || (attributes.get('state') ?? 'visible') !== 'visible') return;
      sheetIds.push(attributes.get('r:id') ?? attributes.getLocal('id') ?? '');
    },
  });
  return { sheetIds, calendar };
}

function relationsOf(parts: Package, part: string): Relation[] {
  const folder = dirname(part);
  const xml = parts.read(join(folder, '_rels', `${part.slice(part.lastIndexOf('/') + 1)}.rels`));
  const relations: Relation[] = [];
  if (xml === null) return relations;
  scanXml(xml, {
    open: (name, attributes) => {
      const target = attributes.get('Target');
      // What lies outside the package is never asked for.
      if (name !== 'Relationship' || target === null || attributes.get('TargetMode') === 'External') return;
      relations.push({
        id: attributes.get('Id') ?? '',
        type: (attributes.get('Type') ?? '').split('/').at(-1) ?? '',
        target: target.startsWith('/') ? target.slice(1) : join(folder, target),
      });
    },
  });
  return relations;
}

function stringsOf(xml: string | null, maxStrings: number): string[] {
  const strings: string[] = [];
  if (xml === null) return strings;
  let text = '';
  let isText = false;
  let isPhonetic = false;
  scanXml(xml, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') isText = true;
      else if (name === 'rPh') isPhonetic = true;
    },
    text: (more) => {
      if (isText && !isPhonetic) text += more;
    },
    close: (name) => {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'si') {
        if (strings.length >= maxStrings) throw new TableError('too-large', `the workbook has more than ${maxStrings} texts`);
        strings.push(text);
      }
    },
  });
  return strings;
}

function numberKindsOf(xml: string | null): NumberKind[] {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let isInCells = false;
  if (xml === null) return [];
  scanXml(xml, {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? '');
      else if (name === 'cellXfs') isInCells = true;
      else if (name === 'xf' && isInCells) ids.push(Number(attributes.get('numFmtId') ?? '0'));
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return ids.map((id) => numberKind(id, codes.get(id)));
}
