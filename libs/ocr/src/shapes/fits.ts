import { automatonOf, type Shape, type SignState, type State } from './automaton';
import { foldSign } from './fold-sign';

/** Whether a text has a shape as it stands; widths of characters and white space do not count. */
export function fits(text: string, shape: Shape): boolean {
  let states = reached([automatonOf(shape).start]);
  for (const sign of Array.from(text, foldSign)) {
    if (sign === '') continue;
    if (states.size === 0) return false;
    states = reached([...states].flatMap((state) => (isSign(state) && state.signs.has(sign) ? [state.then] : [])));
  }
  return [...states].some((state) => state.kind === 'end');
}

/** The states that are reached from others without reading anything, forks followed. */
function reached(from: readonly State[]): Set<State> {
  const states = new Set<State>();
  const walk = (state: State): void => {
    if (states.has(state)) return;
    states.add(state);
    if (state.kind === 'fork') state.ways.forEach(walk);
  };
  from.forEach(walk);
  return states;
}

function isSign(state: State): state is SignState {
  return state.kind === 'sign';
}
