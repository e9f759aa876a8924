import { type Elements, ELEMENT_NAMES } from '@app/contracts';

/** The elements of all verifications that were asked for. */
export class AskedElements {
  private readonly keys = new Set<string>();

  constructor(all: Iterable<Elements>) {
    for (const elements of all) this.add(elements);
  }

  add(elements: Elements): void {
    this.keys.add(keyOf(elements));
  }

  /** Whether one verification has exactly these. */
  has(elements: Elements): boolean {
    return this.keys.has(keyOf(elements));
  }
}

const keyOf = (elements: Elements): string => ELEMENT_NAMES.map((name) => elements[name]).join(' ');
