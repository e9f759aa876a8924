import { decodeXml } from './decode-xml';
import { expandReferences } from './expand-references';
import { brokenXml, unsafeXml } from './xml-failures';
import { XML_LIMITS, type XmlLimits } from './xml-limits';

/** An element: its name without prefix, its own text, its attributes by their names without prefix, its child elements. */
export interface XmlElement {
  name: string;
  text: string;
  /** Declarations of namespaces are left out. Where names differ only by their prefix, the one without counts. */
  attributes: ReadonlyMap<string, string>;
  children: XmlElement[];
}

/**
 * Reads XML that may be hostile into its root element. Strict where XML is strict, but for prefixes, which need not be declared.
 * There is nothing to switch off: no DTD, no entity beyond the five, no address is ever followed, and processing instructions are passed
 * over. Throws `DocumentError`: `damaged` for what is not well formed, `unsafe` for a DTD or more than the limits allow.
 */
export function readXml(bytes: Uint8Array, limits: Partial<XmlLimits> = {}): XmlElement {
  const bounds = { ...XML_LIMITS, ...limits };
  if (bytes.length > bounds.maxBytes) throw unsafeXml(`it has more than ${bounds.maxBytes} bytes`);
  return new XmlReader(decodeXml(bytes), bounds).read();
}

/** Unicode's identifiers, which differ from XML's own list of names in rare signs only. */
const NAME = '[\\p{ID_Start}_:][\\p{ID_Continue}:.\\-]*';
const START_TAG = new RegExp(`<(${NAME})`, 'uy');
const ATTRIBUTE = new RegExp(`[\\t\\n ]+(${NAME})[\\t\\n ]*=[\\t\\n ]*(?:"([^<"]*)"|'([^<']*)')`, 'uy');
const TAG_END = /[\t\n ]*(\/?)>/uy;
const END_TAG = new RegExp(`</(${NAME})[\\t\\n ]*>`, 'uy');
const DECLARATION =
  /<\?xml[\t\n ]+version[\t\n ]*=[\t\n ]*["']1\.\d+["'](?:[\t\n ]+encoding[\t\n ]*=[\t\n ]*["'][\w.:-]+["'])?(?:[\t\n ]+standalone[\t\n ]*=[\t\n ]*["'](?:yes|no)["'])?[\t\n ]*\?>/uy;
const INSTRUCTION = new RegExp(`<\\?(${NAME})(?=[\\t\\n ?])`, 'uy');
const DECLARES_NAMESPACE = /^xmlns(?::|$)/u;

/** Most elements have none, and one empty map serves them all. */
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

/** One pass over a document. Elements that are open are kept in a list, not on the call stack, which hostile depth would overflow. */
class XmlReader {
  private at = 0;
  private elements = 0;
  private root: XmlElement | null = null;
  private readonly open: { tag: string; element: XmlElement }[] = [];

  constructor(
    private readonly source: string,
    private readonly limits: XmlLimits,
  ) {}

  read(): XmlElement {
    while (this.at < this.source.length) this.readNext();
    if (!this.root || this.open.length > 0) throw brokenXml('it ends before its root element does');
    return this.root;
  }

  private readNext(): void {
    if (this.source.charAt(this.at) !== '<') this.readText();
    else if (this.source.startsWith('<?', this.at)) this.passInstruction();
    else if (this.source.startsWith('<!--', this.at)) this.passComment();
    else if (this.source.startsWith('<![CDATA[', this.at)) this.readCdata();
    else if (/^<!doctype/iu.test(this.source.slice(this.at, this.at + 9))) throw unsafeXml('it has a DTD, and none is read');
    else if (this.source.startsWith('</', this.at)) this.closeElement();
    else this.openElement();
  }

  private readText(): void {
    const end = this.source.indexOf('<', this.at);
    const text = this.source.slice(this.at, end < 0 ? undefined : end);
    if (text.includes(']]>')) throw this.broken('a text holds the end of a CDATA section');
    this.addText(expandReferences(text));
    this.at += text.length;
  }

  private readCdata(): void {
    const start = this.at + '<![CDATA['.length;
    if (this.open.length === 0) throw this.broken('text stands outside the root element');
    this.pass(']]>', start);
    this.addText(this.source.slice(start, this.at - ']]>'.length));
  }

  private addText(text: string): void {
    const parent = this.open.at(-1);
    if (parent) parent.element.text += text;
    else if (/[^\t\n\r ]/u.test(text)) throw this.broken('text stands outside the root element');
  }

  private passInstruction(): void {
    if (this.at === 0 && this.take(DECLARATION)) return;
    const target = this.take(INSTRUCTION)?.[1] ?? 'xml';
    if (target.toLowerCase() === 'xml') throw this.broken('an instruction or the declaration is malformed');
    this.pass('?>', this.at);
  }

  private passComment(): void {
    this.pass('--', this.at + '<!--'.length);
    if (this.source.charAt(this.at) !== '>') throw this.broken('a comment holds --');
    this.at += 1;
  }

  private pass(terminator: string, from: number): void {
    const end = this.source.indexOf(terminator, from);
    if (end < 0) throw this.broken(`what begins here has no ${terminator}`);
    this.at = end + terminator.length;
  }

  private openElement(): void {
    const tag = this.take(START_TAG)?.[1];
    if (tag === undefined) throw this.broken('a < begins no tag');
    const attributes = this.readAttributes();
    const end = this.take(TAG_END);
    if (!end) throw this.broken('a tag is malformed');
    const element = { name: localName(tag), text: '', attributes, children: [] };
    this.attach(element);
    if (end[1] === '') this.open.push({ tag, element });
    if (this.open.length > this.limits.maxDepth) throw unsafeXml(`its elements are more than ${this.limits.maxDepth} deep`);
  }

  private readAttributes(): ReadonlyMap<string, string> {
    const names = new Set<string>();
    let attributes: Map<string, string> | null = null;
    for (let found = this.take(ATTRIBUTE); found; found = this.take(ATTRIBUTE)) {
      const [, name = '', quoted, singleQuoted = ''] = found;
      if (names.has(name)) throw this.broken('an attribute stands twice');
      names.add(name);
      if (names.size > this.limits.maxAttributes) throw unsafeXml(`an element has more than ${this.limits.maxAttributes} attributes`);
      const value = expandReferences(quoted ?? singleQuoted);
      if (DECLARES_NAMESPACE.test(name)) continue;
      attributes ??= new Map();
      if (!name.includes(':') || !attributes.has(localName(name))) attributes.set(localName(name), value);
    }
    return attributes ?? NO_ATTRIBUTES;
  }

  private attach(element: XmlElement): void {
    this.elements += 1;
    if (this.elements > this.limits.maxElements) throw unsafeXml(`it has more than ${this.limits.maxElements} elements`);
    const parent = this.open.at(-1);
    if (parent) parent.element.children.push(element);
    else if (this.root) throw this.broken('it has a second root element');
    else this.root = element;
  }

  private closeElement(): void {
    const tag = this.take(END_TAG)?.[1];
    if (tag === undefined || this.open.pop()?.tag !== tag) throw this.broken('an end tag is not that of the open element');
  }

  /** What a sticky pattern matches here, passed over; null when it does not match. */
  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found) this.at += found[0].length;
    return found;
  }

  private broken(why: string): Error {
    return brokenXml(`${why}, near character ${this.at}`);
  }
}

function localName(tag: string): string {
  return tag.slice(tag.lastIndexOf(':') + 1);
}
