import { ELEMENT_NAMES, type ElementName, type Elements, type ProviderFace } from '@app/contracts';

/** An element on which the provider's face contradicts what was asked. */
export interface FaceDifference {
  field: ElementName;
  asked: string;
  answered: string;
}

/** The elements that a face contradicts. What the provider did not give or masked compatibly (`32****22`) is no contradiction. */
export function compareFace(elements: Elements, face: ProviderFace): FaceDifference[] {
  return ELEMENT_NAMES.flatMap((field) => {
    const answered = face[field];
    // Whether 校验码 is case-sensitive is not documented, so an echo in the other case is no contradiction.
    const matches = answered === null || isCompatible(elements[field], answered, { ignoreCase: field === 'checkCode' });
    return matches ? [] : [{ field, asked: elements[field], answered }];
  });
}

/** Whether a value and its possibly masked echo can be the same: a run of asterisks stands for one or more hidden characters. */
export function isCompatible(value: string, echo: string, options: { ignoreCase?: boolean } = {}): boolean {
  const fold = (text: string): string => (options.ignoreCase ? text.toLowerCase() : text);
  const pieces = fold(echo).split(/\*+/);
  const [head = ''] = pieces;
  if (pieces.length === 1) return fold(value) === head;
  const tail = pieces.at(-1) ?? '';
  const rest = fold(value);
  if (!rest.startsWith(head) || !rest.endsWith(tail)) return false;
  return coversInOrder(rest.slice(head.length, rest.length - tail.length), pieces.slice(1, -1));
}

/** Whether the middle pieces occur in order with at least one hidden character around each. */
function coversInOrder(hidden: string, pieces: readonly string[]): boolean {
  let at = 1;
  for (const piece of pieces) {
    const found = hidden.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length + 1;
  }
  return at <= hidden.length;
}
