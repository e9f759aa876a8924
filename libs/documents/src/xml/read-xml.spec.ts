import fc from 'fast-check';
import { billXml, sampleBill } from '@app/samples';
import { DocumentError } from '../document.error';
import { readXml } from './read-xml';

const read = (xml: string) => readXml(Buffer.from(xml));
const failure = (bytes: Buffer, limits = {}): string => {
  try {
    readXml(bytes, limits);
  } catch (error) {
    if (error instanceof DocumentError) return error.code;
    throw error;
  }
  return 'read';
};

describe('readXml', () => {
  it('gives elements by their names without prefix, with their own text, in order', () => {
    expect(read('<?xml version="1.0"?>\n<!-- a --><p:a xmlns:p="urn:x" b=\'1\'>1<b/><p:c>2</p:c>3</p:a>\n')).toEqual({
      name: 'a',
      text: '13',
      attributes: new Map([['b', '1']]),
      children: [
        { name: 'b', text: '', attributes: new Map(), children: [] },
        { name: 'c', text: '2', attributes: new Map(), children: [] },
      ],
    });
  });

  it('gives attributes by their names without prefix, the unprefixed first, without declarations of namespaces', () => {
    const { attributes } = read('<a xmlns="urn:x" xmlns:p="urn:y" p:ID="1" ID="2" q:ID="3" p:T=\'&lt;"\' __proto__="x"/>');
    expect([...attributes]).toEqual([
      ['ID', '2'],
      ['T', '<"'],
      ['__proto__', 'x'],
    ]);
  });

  it('takes references, CDATA and line ends for what they stand for', () => {
    expect(read('<a>&lt;&#31080;&#x636e;&amp;lt;<![CDATA[<b>&amp;]]>\r\n</a>').text).toBe('<票据&lt;<b>&amp;\n');
  });

  it('passes over comments and instructions, wherever they stand', () => {
    expect(read('<?xml-stylesheet href="http://example.invalid/a.xsl"?><a>1<!-- 9 -->2<?php 9 ?>3</a><!-- - -->').text).toBe('123');
  });

  it.each([
    ['a declared GBK', 'GBK', 'c6b1bedd', '票据'],
    ['a declared GB2312 that holds more than its name says', 'gb2312', 'c6b1bedd8139ee39', '票据㐀'],
    ['a declared GB 18030', 'GB18030', 'c6b1bedd8139ee39', '票据㐀'],
    ['a declared UTF-8', 'utf-8', 'e7a5a8e68dae', '票据'],
  ])('reads %s', (_, encoding, hex, text) => {
    const parts = [`<?xml version='1.0' encoding="${encoding}" standalone="yes"?><a>`, Buffer.from(hex, 'hex'), '</a>'];
    expect(readXml(Buffer.concat(parts.map((part) => Buffer.from(part as string)))).text).toBe(text);
  });

  it.each([
    ['a UTF-8 mark', Buffer.from('\ufeff<a>票</a>')],
    ['a UTF-16 mark, low byte first', Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><a>票</a>', 'utf16le')],
    ['a UTF-16 mark, high byte first', Buffer.from('\ufeff<a>票</a>', 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from('<?xml version="1.0"?><a>票</a>', 'utf16le')],
    ['neither mark nor declaration', Buffer.from('<a>票</a>')],
  ])('reads a document with %s', (_, bytes) => expect(readXml(bytes).text).toBe('票'));
});

describe('broken XML', () => {
  it.each([
    ['nothing but white space', '  '],
    ['text alone', 'a'],
    ['an element that is not closed', '<a><b></b>'],
    ['elements that cross', '<a><b></a></b>'],
    ['a second root', '<a/><b/>'],
    ['text after the root', '<a/>b'],
    ['CDATA after the root', '<a/><![CDATA[ ]]>'],
    ['an end tag alone', '</a>'],
    ['a bare <', '<a>1 < 2</a>'],
    ['a bare &', '<a>1 & 2</a>'],
    ['an entity of no DTD', '<a>&nbsp;</a>'],
    ['a reference to a forbidden character', '<a>&#0;</a>'],
    ['a reference beyond all characters', '<a>&#x110000;</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an attribute without quotes', '<a b=1/>'],
    ['an attribute with a <', '<a b="<"/>'],
    ['a comment without end', '<a><!-- </a>'],
    ['a comment with --', '<a><!-- -- --></a>'],
    ['CDATA without end', '<a><![CDATA[</a>'],
    ['the end of CDATA in text', '<a>]]></a>'],
    ['a declaration that does not come first', '<a><?xml version="1.0"?></a>'],
    ['a declaration without a version', '<?xml encoding="UTF-8"?><a/>'],
    ['a declaration that is malformed', '<?xml version="1.0" encoding=UTF-8?><a/>'],
    ['a name that begins with a digit', '<1a/>'],
    ['an encoding nobody knows', '<?xml version="1.0" encoding="x-none"?><a/>'],
    ['an encoding that is not that of the bytes', '<?xml version="1.0" encoding="UTF-16"?><a/>'],
  ])('is not read: %s', (_, xml) => expect(failure(Buffer.from(xml))).toBe('damaged'));

  it.each([
    ['UTF-8', '', 'c6b1bedd'],
    ['GB18030', '<?xml version="1.0" encoding="GB18030"?>', 'ff'],
    ['UTF-16', '\ufeff', '00d8'],
  ])('has bytes that are not %s', (encoding, head, hex) => {
    const form = encoding === 'UTF-16' ? 'utf16le' : 'utf8';
    const bytes = [Buffer.from(`${head}<a>`, form), Buffer.from(hex, 'hex'), Buffer.from('</a>', form)];
    expect(failure(Buffer.concat(bytes))).toBe('damaged');
  });
});

describe('hostile XML', () => {
  const LAUGHS = `<!DOCTYPE a [<!ENTITY b "ha">${'cdefghij'
    .split('')
    .map((name, i) => `<!ENTITY ${name} "${`&${'bcdefghi'.charAt(i)};`.repeat(10)}">`)
    .join('')}]><a>&j;</a>`;

  it.each([
    ['a billion laughs', LAUGHS],
    ['an entity of a file', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
    ['a DTD elsewhere', '<?xml version="1.0"?><!doctype a SYSTEM "http://example.invalid/a.dtd"><a/>'],
    ['parameter entities', '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://example.invalid/"> %b;]><a/>'],
    ['a DTD inside an element', '<a><!DOCTYPE b></a>'],
    ['depth', '<a>'.repeat(500_000)],
    ['many elements', `<a>${'<b/>'.repeat(100_000)}</a>`],
    ['many attributes', `<a ${Array.from({ length: 2000 }, (_unused, i) => `b${i}="1"`).join(' ')}/>`],
    ['bytes', `<a>${' '.repeat(5_000_000)}</a>`],
  ])('is refused: %s', (_, xml) => expect(failure(Buffer.from(xml))).toBe('unsafe'));

  it('is refused within the limits that are asked for', () => {
    expect(failure(Buffer.from('<a><b/></a>'), { maxDepth: 1 })).toBe('read');
    expect(failure(Buffer.from('<a><b></b></a>'), { maxDepth: 1 })).toBe('unsafe');
    expect(failure(Buffer.from('<a><b/></a>'), { maxElements: 1 })).toBe('unsafe');
    expect(failure(Buffer.from('<a/>'), { maxBytes: 3 })).toBe('unsafe');
  });

  it.each([
    ['white space in a tag', `<a${' '.repeat(4_000_000)}`],
    ['a name', `<${'a'.repeat(4_000_000)}`],
    ['an attribute without end', `<a b="${'c'.repeat(4_000_000)}`],
    ['references', `<a>${'&amp;'.repeat(800_000)}`],
    ['comments', `<a>${'<!---->'.repeat(500_000)}`],
    ['texts and elements by turns', `<a>${'b<c/>'.repeat(49_000)}`],
    ['<', '<'.repeat(4_000_000)],
    // A reader whose time grew with the square of the bytes would be at one of these for hours.
  ])('costs no more time than its bytes: %s', (_, xml) => expect(failure(Buffer.from(xml))).toBe('damaged'));
});

describe('any change of a valid document', () => {
  const valid = Buffer.from(billXml(sampleBill(7, { today: '2026-11-22' })));

  it('ends in a tree or in a DocumentError', () => {
    const change = fc.record({ at: fc.nat(valid.length), drop: fc.nat(40), put: fc.oneof(fc.uint8Array({ maxLength: 8 }), piece()) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = changes.reduce((all, { at, drop, put }) => Buffer.concat([all.subarray(0, at), put, all.subarray(at + drop)]), valid);
        expect(['read', 'damaged', 'unsafe']).toContain(failure(bytes));
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  function piece(): fc.Arbitrary<Uint8Array> {
    const pieces = [
      '<',
      '>',
      '/>',
      '</',
      '&',
      '&#x41;',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?',
      '?>',
      '<!DOCTYPE a>',
      ' b="1"',
      '\ufeff',
      '票',
    ];
    return fc.constantFrom(...pieces).map((text) => Buffer.from(text));
  }
});
