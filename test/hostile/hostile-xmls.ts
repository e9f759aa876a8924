import type { HostileFile } from './hostile-file';

const LAUGHS = Array.from({ length: 10 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('');

/** XML as bills come in. `home` is an address that counts who asks it. */
export function hostileXmls(home: string): HostileFile[] {
  const xml = (name: string, text: string, ...ends: string[]): HostileFile => ({ name, make: () => Buffer.from(text), ends });
  return [
    xml('a billion laughs', `<!DOCTYPE a [<!ENTITY a0 "ha">${LAUGHS}]><a>&a10;</a>`, 'refused: unsafe'),
    xml('an entity from a file', '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>', 'refused: unsafe'),
    xml('an entity from the network', `<!DOCTYPE a [<!ENTITY f SYSTEM "${home}/entity">]><a>&f;</a>`, 'refused: unsafe'),
    xml('a DTD from the network', `<!DOCTYPE a SYSTEM "${home}/dtd"><a/>`, 'refused: unsafe'),
    xml(
      'a style sheet and a schema from the network',
      `<?xml-stylesheet href="${home}/style"?><a xmlns:x="x" x:schemaLocation="a ${home}/schema"/>`,
      'refused: other-xml',
      'refused: unsupported-form',
    ),
    xml('an inclusion', `<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="${home}/include"/></a>`, 'refused: other-xml'),
    xml('an entity nobody defined', '<a>&f;</a>', 'refused: damaged'),
    xml('100,000 elements in one another', '<a>'.repeat(100_000) + '</a>'.repeat(100_000), 'refused: unsafe'),
    xml('a million elements', `<a>${'<b/>'.repeat(1_000_000)}</a>`, 'refused: unsafe'),
    xml('a thousand attributes', `<a ${Array.from({ length: 1_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`, 'refused: unsafe'),
    xml('an attribute of 3 MiB', `<a b="${'c'.repeat(3_145_728)}"/>`, 'refused: other-xml'),
    xml('a name of 3 MiB', `<${'a'.repeat(3_145_728)}/>`, 'refused: other-xml'),
    xml('a text of 16 MiB', `<a>${'b'.repeat(16_777_216)}</a>`, 'refused: unsafe'),
    xml('3 MiB of spaces where a tag ends', `<a${' '.repeat(3_145_728)}`, 'refused: damaged'),
    xml('a million starts of a comment', `<a>${'<!-- '.repeat(600_000)}`, 'refused: damaged'),
    xml('a NUL', '<a>\0</a>', 'refused: damaged'),
    xml('bytes of another encoding', '<?xml version="1.0" encoding="UTF-16"?><a/>', 'refused: damaged'),
  ];
}
