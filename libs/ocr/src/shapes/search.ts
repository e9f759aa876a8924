import type { State } from './automaton';
import { SLIP } from './belief';
import type { ReadSign } from './read-sign';
import { isValueSign } from './value-signs';

/** What became of one character: its text as read, another, none where it was read twice, or more where one before it was lost. */
export interface DecodedSign {
  text: string;
  /** Probability that the recogniser, or the table of look-alikes, gives this text here: 0 to 1. */
  confidence: number;
}

/**
 * One way through the characters read so far; `lost` is text of the shape that was not read and stands before the next character. Nothing
 * is lost at either end, or beside a misread character: a title that is broken over two boxes would be completed from one of them, and
 * wrongly.
 */
export interface Path {
  text: string;
  probability: number;
  changes: number;
  lost: string;
  /** Whether the last character is as it was read, white space left out; false before the first. */
  isLastAsRead: boolean;
  /** What became of the last character, and the path before it. */
  last: DecodedSign | null;
  before: Path | null;
}

/** The best paths into each state, of different texts: the second tells how clear the first is. */
type Frontier = Map<State, Path[]>;

const KEPT = 2;

/** The most probable texts over a shape, best first, with at most so many changes; all but the first two may be missing. */
export function bestPaths(read: readonly ReadSign[], start: State, mostChanges: number): Path[] {
  let frontier: Frontier = new Map();
  reach(frontier, start, { text: '', probability: 1, changes: 0, lost: '', isLastAsRead: false, last: null, before: null }, mostChanges);
  for (const [index, char] of read.entries()) {
    const next: Frontier = new Map();
    for (const [state, paths] of frontier) {
      for (const path of paths) advance(next, state, path, { char, previous: read[index - 1], mostChanges });
    }
    frontier = next;
  }
  const complete: Path[] = [];
  for (const [state, paths] of frontier) if (state.kind === 'end') for (const path of paths) if (path.lost === '') keep(complete, path);
  return complete;
}

interface Place {
  char: ReadSign;
  previous: ReadSign | undefined;
  mostChanges: number;
}

/** Every way on from a state over one character. */
function advance(next: Frontier, state: State, path: Path, { char, previous, mostChanges }: Place): void {
  if (char.sign === '') {
    const blank = { ...step(path, char.text, char.confidence, 0), isLastAsRead: path.isLastAsRead };
    if (path.lost === '') reach(next, state, blank, mostChanges);
    return;
  }
  if (state.kind !== 'sign') return;
  if (state.signs.has(char.sign)) reach(next, state.then, step(path, char.text, char.confidence, 0), mostChanges);
  if (isValueSign(char.sign) || path.lost !== '') return;
  for (const sign of state.signs) {
    const probability = Math.min(char.confidence, sign === char.sign ? 0 : state.belief(char.sign, sign, char.seen.get(sign) ?? 0));
    if (probability > 0) reach(next, state.then, step(path, sign, probability, 1), mostChanges);
  }
  const isDoubled = state.slips && previous?.sign === char.sign;
  if (isDoubled) reach(next, state, step(path, '', Math.min(char.confidence, SLIP), 1), mostChanges);
}

function step(path: Path, text: string, confidence: number, changes: number): Path {
  const whole = path.lost + text;
  // What was lost before this character is the less certain part of it.
  const surest = path.lost === '' ? confidence : Math.min(confidence, SLIP);
  return {
    text: path.text + text,
    probability: path.probability * confidence,
    changes: path.changes + changes,
    lost: '',
    isLastAsRead: changes === 0,
    last: { text: whole, confidence: surest },
    before: path,
  };
}

/** Enters a state and all that can be reached from it without a further character, signs that may be lost included. */
function reach(frontier: Frontier, state: State, path: Path, mostChanges: number): void {
  if (path.changes > mostChanges) return;
  const paths = frontier.get(state) ?? [];
  if (!keep(paths, path)) return;
  frontier.set(state, paths);
  if (state.kind === 'fork') for (const way of state.ways) reach(frontier, way, path, mostChanges);
  if (state.kind !== 'sign' || !state.slips || !path.isLastAsRead) return;
  for (const sign of state.signs) if (!isValueSign(sign)) reach(frontier, state.then, without(path, sign), mostChanges);
}

function without(path: Path, lost: string): Path {
  return { ...path, text: path.text + lost, probability: path.probability * SLIP, changes: path.changes + 1, lost: path.lost + lost };
}

/** Puts a path among those of its state, best first; false when it cannot become one of the two best texts any more. */
function keep(paths: Path[], path: Path): boolean {
  const better = paths.filter((other) => other.probability >= path.probability && other.changes <= path.changes);
  const texts = new Set(better.map(({ text }) => text));
  if (texts.has(path.text) || texts.size >= KEPT) return false;
  const rank = paths.findIndex(({ probability }) => probability < path.probability);
  paths.splice(rank < 0 ? paths.length : rank, 0, path);
  return true;
}
