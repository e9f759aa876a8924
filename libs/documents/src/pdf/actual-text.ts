import type { Pdfium } from './pdfium/pdfium';

const KEY = Buffer.from('ActualText\0', 'latin1');

/** Marks around one piece of text beyond this many are not looked at. */
const MAX_MARKS = 32;

/** Whether the file says of a piece of text, beside its signs, what it is to be read as; that need not be what it looks like. */
export function hasActualText(pdfium: Pdfium, object: number): boolean {
  const { call } = pdfium;
  const count = Math.min(MAX_MARKS, call.FPDFPageObj_CountMarks(object));
  if (count <= 0) return false;
  return pdfium.withBuffer(KEY.length, (key) => {
    pdfium.bytes(key, KEY.length).set(KEY);
    for (let index = 0; index < count; index += 1) {
      const mark = call.FPDFPageObj_GetMark(object, index);
      if (mark !== 0 && call.FPDFPageObjMark_GetParamValueType(mark, key) === STRING) return true;
    }
    return false;
  });
}

const STRING = 3;
