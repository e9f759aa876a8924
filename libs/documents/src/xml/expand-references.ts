import { brokenXml } from './xml-failures';

const REFERENCE = /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(\w+));|&/gu;

/** The five entities every XML has. Others would need a DTD, and none is read. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

const ALLOWED = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u;

/** Text with its character references and the five entities replaced; never longer than it was. */
export function expandReferences(text: string): string {
  return text.replace(REFERENCE, (_, decimal?: string, hexadecimal?: string, name?: string) => {
    const char = name === undefined ? charOf(decimal, hexadecimal) : ENTITIES.get(name);
    if (char === undefined) throw brokenXml('a reference is malformed or to an entity that is not defined');
    return char;
  });
}

function charOf(decimal?: string, hexadecimal?: string): string | undefined {
  const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : parseInt(decimal, 10);
  const char = code <= 0x10ffff ? String.fromCodePoint(code) : '';
  return ALLOWED.test(char) ? char : undefined;
}
