import { strToU8, zipSync } from 'fflate';

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook of which each part can be told; `cells` is what stands in its sheet's `sheetData`. */
export function madeUpWorkbook(
  cells: string,
  parts: { strings?: string; styles?: string; workbook?: string; more?: Record<string, Uint8Array> } = {},
): Buffer {
  const { strings = '', styles = '', workbook = '<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets>', more = {} } = parts;
  return Buffer.from(
    zipSync({
      '_rels/.rels': strToU8(
        `<Relationships><Relationship Id="r" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ),
      'xl/workbook.xml': strToU8(`<?xml version="1.0"?><workbook xmlns:r="${RELATIONS}">${workbook}</workbook>`),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships>' +
          `<Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>` +
          `<Relationship Id="rId2" Type="${RELATIONS}/worksheet" Target="/xl/worksheets/sheet2.xml"/>` +
          `<Relationship Id="rId3" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>` +
          `<Relationship Id="rId4" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
      ),
      'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${cells}</sheetData></worksheet>`),
      'xl/worksheets/sheet2.xml': strToU8('<worksheet><sheetData><row><c t="str"><v>second</v></c></row></sheetData></worksheet>'),
      'xl/sharedStrings.xml': strToU8(`<sst>${strings}</sst>`),
      'xl/styles.xml': strToU8(`<styleSheet>${styles}</styleSheet>`),
      ...more,
    }),
  );
}
