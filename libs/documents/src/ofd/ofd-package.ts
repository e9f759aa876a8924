import { DocumentError } from '../document.error';
import { readXml, type XmlElement } from '../xml/read-xml';
import type { Archive } from '../zip/archive';
import { OFD_XML } from './ofd-limits';

/** The files of an OFD document: places are resolved inside its archive and nowhere else. */
export class OfdPackage {
  private readonly parsed = new Map<string, Promise<XmlElement>>();

  constructor(private readonly archive: Archive) {}

  names(): string[] {
    return this.archive.names();
  }

  /** A file's bytes as the archive has them, which a signature covers; null where there is no such file. */
  bytes(path: string): Promise<Buffer | null> {
    return this.archive.read(path);
  }

  /**
   * Where a location that is written in a file leads: from the root with a leading slash, else from the file's own folder, as the standard has
   * it, else from one of the folders above, as some programs write it. Null where no such file is.
   */
  resolve(location: string, from: string): string | null {
    const wanted = location.trim();
    if (wanted === '' || /[\\\p{Cc}:]/u.test(wanted)) return null;
    if (wanted.startsWith('/')) return this.existing(normalise(wanted.split('/')));
    const folders = from.split('/').slice(0, -1);
    for (let depth = folders.length; depth >= 0; depth -= 1) {
      const path = this.existing(normalise([...folders.slice(0, depth), ...wanted.split('/')]));
      if (path !== null) return path;
    }
    return null;
  }

  /** A part as XML, read once. Throws `DocumentError`. */
  xml(path: string): Promise<XmlElement> {
    const known = this.parsed.get(path);
    if (known) return known;
    const reading = this.readPart(path);
    this.parsed.set(path, reading);
    return reading;
  }

  private async readPart(path: string): Promise<XmlElement> {
    const bytes = await this.bytes(path);
    if (!bytes) throw new DocumentError('damaged', 'the OFD document lacks a part that it refers to');
    return readXml(bytes, OFD_XML);
  }

  private existing(path: string | null): string | null {
    return path !== null && this.archive.has(path) ? path : null;
  }
}

/** Null where it leads out of the archive. */
function normalise(segments: readonly string[]): string | null {
  const path: string[] = [];
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') path.push(segment);
    else if (path.pop() === undefined) return null;
  }
  return path.join('/');
}
