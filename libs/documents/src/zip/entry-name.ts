import { brokenArchive, unsafeArchive } from './archive-failures';

/** The flag of an entry whose name is said to be UTF-8. */
const UTF8_FLAG = 0x800;

const MAX_NAME_LENGTH = 1_024;

/** What UTF-8 without its flag decodes to where it is meant: Chinese characters and signs, whose three bytes hardly any GB 18030 text has. */
const CHINESE = /^[\u0020-\u007e\u2000-\u206f\u3000-\u9fff\uf900-\uffef]*$/u;

/**
 * The name of an archive's entry. By the standard it is UTF-8 with the flag and an old American encoding without it; in China the latter is GB
 * 18030, or UTF-8 from programs that forget the flag.
 */
export function decodeEntryName(raw: Uint8Array, flags: number): string {
  const utf8 = decode(raw, 'utf-8');
  if ((flags & UTF8_FLAG) !== 0) {
    if (utf8 === null) throw brokenArchive('a name is not the UTF-8 it is said to be');
    return utf8;
  }
  if (utf8 !== null && CHINESE.test(utf8)) return utf8;
  const name = decode(raw, 'gb18030');
  if (name === null) throw brokenArchive('a name is in no encoding that is known');
  return name;
}

/** Refuses a name that would lead out of the archive, or that programs take for different places. */
export function checkEntryName(name: string): void {
  if (name.length === 0 || name.length > MAX_NAME_LENGTH) throw unsafeArchive('a name is empty or absurdly long');
  if (/[\\\p{Cc}]/u.test(name)) throw unsafeArchive('a name has a backslash or a control character');
  if (/^(?:\/|[A-Za-z]:)/u.test(name)) throw unsafeArchive('a name is absolute');
  const segments = (name.endsWith('/') ? name.slice(0, -1) : name).split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) throw unsafeArchive('a name leads elsewhere');
}

function decode(raw: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return null;
  }
}
