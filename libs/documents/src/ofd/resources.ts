import type { XmlElement } from '../xml/read-xml';
import { childOf, childrenOf, childText } from '../xml/find-elements';
import type { OfdPackage } from './ofd-package';
import { MAX_NESTING } from './ofd-limits';

/** What pages refer to by number. */
export class Resources {
  private readonly images = new Map<string, string | null>();
  private readonly drawParams = new Map<string, XmlElement>();
  private readonly units = new Map<string, XmlElement>();

  constructor(private readonly ofd: OfdPackage) {}

  /** Adds what a resource file defines; what is defined later under the same number counts. */
  async load(path: string): Promise<void> {
    const res = await this.ofd.xml(path);
    const base = res.attributes.get('BaseLoc')?.trim() ?? '';
    for (const medium of childrenOf(childOf(res, 'MultiMedias'), 'MultiMedia')) this.addMedium(medium, path, base);
    for (const param of childrenOf(childOf(res, 'DrawParams'), 'DrawParam')) this.drawParams.set(idOf(param), param);
    for (const unit of childrenOf(childOf(res, 'CompositeGraphicUnits'), 'CompositeGraphicUnit')) this.units.set(idOf(unit), unit);
  }

  /** The file of an image; null where it has none. */
  imagePath(id: string | undefined): string | null {
    return this.images.get(id ?? '') ?? null;
  }

  /** A drawing that pages use as one object; undefined where there is none of that number. */
  unit(id: string | undefined): XmlElement | undefined {
    return this.units.get(id ?? '');
  }

  /** A colour or an attribute that draw parameters give, or those they are relative to. */
  drawParam<T>(id: string | undefined, read: (param: XmlElement) => T | undefined): T | undefined {
    let param = this.drawParams.get(id ?? '');
    for (let depth = 0; param && depth < MAX_NESTING; depth += 1) {
      const found = read(param);
      if (found !== undefined) return found;
      param = this.drawParams.get(param.attributes.get('Relative') ?? '');
    }
    return undefined;
  }

  private addMedium(medium: XmlElement, from: string, base: string): void {
    if (medium.attributes.get('Type') !== 'Image') return;
    const file = childText(medium, 'MediaFile');
    const inBase = base === '' || file.startsWith('/') ? null : this.ofd.resolve(`${base}/${file}`, from);
    this.images.set(idOf(medium), inBase ?? this.ofd.resolve(file, from));
  }
}

function idOf(element: XmlElement): string {
  return element.attributes.get('ID') ?? '';
}
