import type { EvidenceElement } from '../evidence';

/** Names are compared without case: the archive standard writes EinvoiceCode where the bill writes EInvoiceCode. */
export function isNamed(element: EvidenceElement, ...names: string[]): boolean {
  return names.some((name) => name.toLowerCase() === element.name.toLowerCase());
}

/** Every element below these, and these, for which it holds, in the order of the document; nothing inside one of `except` is looked at. */
export function elementsWhere(
  roots: EvidenceElement[],
  holds: (element: EvidenceElement) => boolean,
  except: (element: EvidenceElement) => boolean = () => false,
): EvidenceElement[] {
  return roots.flatMap((root) => (except(root) ? [] : [...(holds(root) ? [root] : []), ...elementsWhere(root.children, holds, except)]));
}

/** The outermost elements for which it holds: nothing is looked for inside one that was found. */
export function outermost(root: EvidenceElement, holds: (element: EvidenceElement) => boolean): EvidenceElement[] {
  return holds(root) ? [root] : root.children.flatMap((child) => outermost(child, holds));
}

/** The element's own text without the white space of its layout. */
export function textOf(element: EvidenceElement | undefined): string {
  return (element?.text ?? '').trim().replace(/\s+/gu, ' ');
}

/** The text of the first child of a name; empty without one. */
export function childText(parent: EvidenceElement, name: string): string {
  return textOf(parent.children.find((child) => isNamed(child, name)));
}
