import { ELEMENT_NAMES, type ElementName, Elements } from '@app/contracts';

/** Five elements as a client wrote them, or why they cannot be asked about and which one is to blame. */
export type ReadElements =
  | { elements: Elements; refused?: undefined }
  | { refused: { outcome: 'MISSING_PARAM' | 'BAD_LENGTH' | 'BAD_PARAM'; element: ElementName } };

/** Lengths that an element may have; an amount has no fixed one. */
export type ElementLengths = Readonly<Partial<Record<ElementName, readonly number[]>>>;

/**
 * Checks what a client sent as both documents do: first that nothing is empty, then the lengths, then the shapes.
 * `normalized` holds the texts to ask with; lengths are judged on the texts as they were sent.
 */
export function readElements(
  sent: Readonly<Record<ElementName, string>>,
  normalized: Readonly<Record<ElementName, string>>,
  lengths: ElementLengths,
): ReadElements {
  const missing = ELEMENT_NAMES.find((name) => sent[name] === '');
  if (missing) return { refused: { outcome: 'MISSING_PARAM', element: missing } };
  const wrongLength = ELEMENT_NAMES.find((name) => lengths[name]?.includes(sent[name].length) === false);
  if (wrongLength) return { refused: { outcome: 'BAD_LENGTH', element: wrongLength } };
  const parsed = Elements.safeParse(normalized);
  if (parsed.success) return { elements: parsed.data };
  const wrong = ELEMENT_NAMES.find((name) => parsed.error.issues.some(({ path }) => path[0] === name)) ?? 'billCode';
  return { refused: { outcome: 'BAD_PARAM', element: wrong } };
}
