import { TableError } from './table.error';

/** What a scanner tells of a part of a workbook. Names come without their namespace's prefix. */
export interface XmlListener {
  open?: (name: string, attributes: Attributes) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

/** The attributes of one element, read when they are asked for. */
export interface Attributes {
  get(name: string): string | null;
  /** The first with this name behind any prefix but `xmlns`. */
  getLocal(name: string): string | null;
}

/** A workbook's own parts are some ten deep. */
const MAX_DEPTH = 64;
const MAX_TAG_CHARS = 65_536;

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * Reads XML from front to back in one pass, as far as workbooks need it: no document type, no entities but the five of XML, so that nothing
 * outside the text is ever reached and nothing in it multiplies.
 * @throws TableError `damaged`
 */
export function scanXml(xml: string, listener: XmlListener): void {
  const openNames: string[] = [];
  let at = 0;
  while (at < xml.length) {
    const start = xml.indexOf('<', at);
    if (start < 0) break;
    if (start > at && openNames.length > 0) listener.text?.(unescaped(xml.slice(at, start)));
    at = markup(xml, start, openNames, listener);
  }
  if (openNames.length > 0) throw broken('an element is not closed');
}

/** Tells of the markup at `start`, and answers where it ends. */
function markup(xml: string, start: number, openNames: string[], listener: XmlListener): number {
  if (xml.startsWith('<?', start)) return after(xml, '?>', start);
  if (xml.startsWith('<!--', start)) return after(xml, '-->', start + 4);
  if (xml.startsWith('<![CDATA[', start)) {
    const end = after(xml, ']]>', start);
    listener.text?.(xml.slice(start + 9, end - 3));
    return end;
  }
  if (xml.startsWith('<!', start)) throw broken('a document type has no place in a workbook');
  const end = tagEnd(xml, start);
  const tag = xml.slice(start + 1, end - 1);
  if (tag.startsWith('/')) close(tag.slice(1).trimEnd(), openNames, listener);
  else open(tag, openNames, listener);
  return end;
}

function open(tag: string, openNames: string[], listener: XmlListener): void {
  const isEmpty = tag.endsWith('/');
  const name = /^[^\s/]+/.exec(tag)?.[0];
  if (name === undefined) throw broken('an element has no name');
  if (openNames.length >= MAX_DEPTH) throw broken(`elements are more than ${MAX_DEPTH} deep`);
  listener.open?.(local(name), {
    get: (wanted) => attribute(tag, (key) => key === wanted),
    getLocal: (wanted) => attribute(tag, (key) => key.endsWith(`:${wanted}`) && !key.startsWith('xmlns:')),
  });
  if (isEmpty) listener.close?.(local(name));
  else openNames.push(name);
}

function close(name: string, openNames: string[], listener: XmlListener): void {
  if (openNames.pop() !== name) throw broken('an element is closed that is not open');
  listener.close?.(local(name));
}

/** Behind the `>` that ends a tag: one in a quoted value does not. */
function tagEnd(xml: string, start: number): number {
  let quote = '';
  const limit = Math.min(xml.length, start + MAX_TAG_CHARS);
  for (let i = start + 1; i < limit; i += 1) {
    const char = xml.charAt(i);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return i + 1;
  }
  throw broken('a tag does not end');
}

function attribute(tag: string, isWanted: (key: string) => boolean): string | null {
  for (const [, key = '', double, single] of tag.matchAll(/\s([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (isWanted(key)) return unescaped(double ?? single ?? '');
  }
  return null;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from);
  if (at < 0) throw broken('markup does not end');
  return at + mark.length;
}

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\dA-Fa-f]{1,6})|#(\d{1,7})|(\w{1,8}));|&/g, (_, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return character(Number.parseInt(hex, 16));
    if (decimal !== undefined) return character(Number(decimal));
    const known = name === undefined ? undefined : ENTITIES[name];
    if (known === undefined) throw broken('an entity is not known');
    return known;
  });
}

function character(code: number): string {
  if (code === 0 || code > 0x10_ffff) throw broken('a character does not exist');
  return String.fromCodePoint(code);
}

function broken(why: string): TableError {
  return new TableError('damaged', `the workbook is damaged: ${why}`);
}
