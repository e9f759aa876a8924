import type { Belief } from './belief';

/** A state of a shape: one more sign is read, several ways go on, or the shape is complete. */
export type State = SignState | ForkState | EndState;

/** Reads one of `signs`, folded. `slips` allows the sign to have got lost, and the one before it to have been read twice. */
export interface SignState {
  kind: 'sign';
  signs: ReadonlySet<string>;
  belief: Belief;
  slips: boolean;
  then: State;
}

export interface ForkState {
  kind: 'fork';
  ways: State[];
}

export interface EndState {
  kind: 'end';
}

/**
 * What a text may look like, over characters folded by `foldSign`: a finite automaton that is built from its end, so that shapes can be
 * put together. White space is no part of any shape and is passed over.
 */
export interface Shape {
  before(then: State): State;
  /** How many of so many characters may be taken for others. */
  mostChanges(length: number): number;
}

/** A third of a value: with more, it is not the value that makes the shape known. Two of six is the most seen in a check code. */
const CHARS_PER_CHANGE = 3;

/** One of some signs. `belief` says what else may have been read in its place; without it nothing may. */
export function oneOf(signs: Iterable<string>, belief: Belief = () => 0, slips = false): Shape {
  const known = new Set(signs);
  return shape((then) => ({ kind: 'sign', signs: known, belief, slips, then }));
}

/** A fixed text. */
export function literal(text: string, belief?: Belief, slips = false): Shape {
  return sequence(...Array.from(text, (char) => oneOf([char], belief, slips)));
}

export function sequence(...parts: readonly Shape[]): Shape {
  return shape((then) => parts.reduceRight((next, part) => part.before(next), then));
}

export function either(...ways: readonly Shape[]): Shape {
  return shape((then) => ({ kind: 'fork', ways: ways.map((way) => way.before(then)) }));
}

export function optional(part: Shape): Shape {
  return either(part, sequence());
}

/** A part from `least` to `most` times. */
export function repeated(part: Shape, least: number, most = least): Shape {
  const maybe = Array.from({ length: most - least }).reduce<Shape>((rest) => optional(sequence(part, rest)), sequence());
  return sequence(...Array.from({ length: least }, () => part), maybe);
}

/** A part once or more often. */
export function many(part: Shape): Shape {
  return shape((then) => {
    const again: ForkState = { kind: 'fork', ways: [then] };
    const first = part.before(again);
    again.ways.push(first);
    return first;
  });
}

/** The same shape with another limit of changes. */
export function withMostChanges(part: Shape, mostChanges: (length: number) => number): Shape {
  return { before: (then) => part.before(then), mostChanges };
}

/** A shape that stands alone: its first state, and every sign it knows. */
export interface Automaton {
  start: State;
  alphabet: ReadonlySet<string>;
}

const built = new WeakMap<Shape, Automaton>();

/** Builds a shape's automaton, once. */
export function automatonOf(whole: Shape): Automaton {
  const known = built.get(whole);
  if (known) return known;
  const start = whole.before({ kind: 'end' });
  const automaton = { start, alphabet: alphabetOf(start) };
  built.set(whole, automaton);
  return automaton;
}

function alphabetOf(start: State): Set<string> {
  const alphabet = new Set<string>();
  const seen = new Set<State>();
  const waiting = [start];
  for (let state = waiting.pop(); state; state = waiting.pop()) {
    if (seen.has(state)) continue;
    seen.add(state);
    if (state.kind === 'fork') waiting.push(...state.ways);
    if (state.kind !== 'sign') continue;
    for (const sign of state.signs) alphabet.add(sign);
    waiting.push(state.then);
  }
  return alphabet;
}

function shape(before: (then: State) => State): Shape {
  return { before, mostChanges: (length) => Math.floor(length / CHARS_PER_CHANGE) };
}
