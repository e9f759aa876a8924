import type { Shape } from './automaton';
import { lexicon } from './lexicon';
import { foldSign } from './fold-sign';

/** A printed label and the shape of what follows it. A label without a shape only ends the value before it. */
export interface KnownLabel {
  text: string;
  shape?: Shape | undefined;
}

/** What is known of the forms to be read. Where it makes a shape known, an engine prefers the text that has it. */
export interface KnownShapes {
  labels: readonly KnownLabel[];
  /** Shapes of whole lines: only what nothing else on the form looks like, such as titles from a closed set. */
  lines: readonly Shape[];
}

/** Known shapes made ready for looking up. */
export interface ShapeIndex {
  /** Folded, longest first, so that a label is tried before those it contains. */
  labels: readonly KnownLabel[];
  anyLabel: Shape;
  lines: readonly Shape[];
}

export function indexShapes({ labels, lines }: KnownShapes): ShapeIndex {
  const folded = labels.map((label) => ({ ...label, text: Array.from(label.text, foldSign).join('') }));
  return { labels: folded.sort((a, b) => b.text.length - a.text.length), anyLabel: lexicon(folded.map(({ text }) => text)), lines };
}
