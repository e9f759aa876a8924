import type { Charge, Elements } from '@app/contracts';
import type { StatementLine } from './statement';

/** An attempt of ours, as far as a statement can know it. */
export interface CalledAttempt {
  id: string;
  taskNumber: string | null;
  elements: Elements;
  /** The call was made between these two. */
  fromMs: number;
  untilMs: number;
  /** The provider's code, where it is known. */
  code: string | null;
  /** As it is known now; null while the attempt is under way. */
  charge: Charge | null;
  /** False where it is certain that no byte left: a statement should not list it. */
  mayHaveCalled: boolean;
}

/** A line and the attempt whose call it lists, and by what they were found. */
export interface Pair<A> {
  line: StatementLine;
  attempt: A;
  by: 'taskNumber' | 'answer' | 'time';
}

/** Attempts whose lines are among some, without it being certain which belongs to which. */
export interface Ambiguity<A> {
  attempts: A[];
  lines: StatementLine[];
}

/** Every line and every attempt once: paired, ambiguous, or alone. */
export interface Match<A> {
  pairs: Pair<A>[];
  ambiguous: Ambiguity<A>[];
  /** Lines that fit no attempt. */
  strange: StatementLine[];
  /** Attempts that fit no line. */
  absent: A[];
}

/**
 * Finds the line of each attempt. First by the provider's task number; then an answered attempt takes the nearest line that says what its
 * answer said; what is left to an attempt without an answer is paired where that is certain: as many lines as needed, and all of them say
 * the same. The order in which lines and attempts are given makes no difference.
 */
export function matchStatement<A extends CalledAttempt>(
  lines: readonly StatementLine[],
  attempts: readonly A[],
  toleranceMs: number,
): Match<A> {
  const board = new Board<A>(lines, attempts);
  pairByTaskNumber(board);
  for (const group of board.groups()) matchBill(board, group, toleranceMs);
  return board.result();
}

interface Edge<A> {
  line: StatementLine;
  attempt: A;
  gapMs: number;
  distanceMs: number;
}

interface Group<A> {
  lines: StatementLine[];
  attempts: A[];
}

/** What is still to be matched. */
class Board<A extends CalledAttempt> {
  private readonly pairs: Pair<A>[] = [];
  private readonly ambiguous: Ambiguity<A>[] = [];
  readonly lines: Set<StatementLine>;
  readonly attempts: Set<A>;

  constructor(lines: readonly StatementLine[], attempts: readonly A[]) {
    this.lines = new Set([...lines].sort((a, b) => a.line - b.line));
    this.attempts = new Set([...attempts].sort((a, b) => (a.id < b.id ? -1 : 1)));
  }

  pair(line: StatementLine, attempt: A, by: Pair<A>['by']): void {
    this.lines.delete(line);
    this.attempts.delete(attempt);
    this.pairs.push({ line, attempt, by });
  }

  setAside(ambiguity: Ambiguity<A>): void {
    for (const line of ambiguity.lines) this.lines.delete(line);
    for (const attempt of ambiguity.attempts) this.attempts.delete(attempt);
    this.ambiguous.push(ambiguity);
  }

  /** Lines and attempts of the same bill. */
  groups(): Group<A>[] {
    const groups = new Map<string, Group<A>>();
    for (const attempt of this.attempts) {
      const key = billKey(attempt.elements);
      const group = groups.get(key) ?? { lines: [], attempts: [] };
      group.attempts.push(attempt);
      groups.set(key, group);
    }
    for (const line of this.lines) if (line.bill !== null) groups.get(billKey(line.bill))?.lines.push(line);
    return [...groups.values()];
  }

  result(): Match<A> {
    return {
      pairs: this.pairs.sort((a, b) => a.line.line - b.line.line),
      ambiguous: this.ambiguous.sort((a, b) => ((a.attempts[0]?.id ?? '') < (b.attempts[0]?.id ?? '') ? -1 : 1)),
      strange: [...this.lines],
      absent: [...this.attempts],
    };
  }
}

function billKey({ billCode, billNumber }: { billCode: string; billNumber: string }): string {
  return `${billCode}/${billNumber}`;
}

function pairByTaskNumber<A extends CalledAttempt>(board: Board<A>): void {
  const numbered = new Map<string, A[]>();
  for (const attempt of board.attempts) {
    if (attempt.taskNumber === null) continue;
    numbered.set(attempt.taskNumber, [...(numbered.get(attempt.taskNumber) ?? []), attempt]);
  }
  for (const line of [...board.lines]) {
    const attempts = line.taskNumber === null ? [] : (numbered.get(line.taskNumber) ?? []);
    const attempt = attempts.find((candidate) => board.attempts.has(candidate) && hasElementsOf(line, candidate));
    if (attempt) board.pair(line, attempt, 'taskNumber');
  }
}

function matchBill<A extends CalledAttempt>(board: Board<A>, group: Group<A>, toleranceMs: number): void {
  const edges = edgesOf(group, toleranceMs);
  pairNearest(
    board,
    edges.filter(({ line, attempt }) => saysTheSame(line, attempt)),
    'answer',
  );
  const remaining = edges.filter(({ line }) => board.lines.has(line));
  for (const part of parts(remaining.filter(({ attempt }) => isOpen(attempt)))) matchOpen(board, part);
  // What contradicts its own answer is a difference either way; the nearest line says most about it.
  pairNearest(board, remaining, 'time');
}

function edgesOf<A extends CalledAttempt>({ lines, attempts }: Group<A>, toleranceMs: number): Edge<A>[] {
  const edges = attempts.flatMap((attempt) =>
    lines
      .filter((line) => mayBelong(line, attempt))
      .map((line) => ({ line, attempt, gapMs: gapOf(line, attempt), distanceMs: Math.abs(line.atMs - attempt.untilMs) }))
      .filter(({ gapMs }) => gapMs <= toleranceMs),
  );
  return edges.sort(
    (a, b) => a.gapMs - b.gapMs || a.distanceMs - b.distanceMs || a.line.line - b.line.line || (a.attempt.id < b.attempt.id ? -1 : 1),
  );
}

function mayBelong(line: StatementLine, attempt: CalledAttempt): boolean {
  const isNumberedOtherwise = line.taskNumber !== null && attempt.taskNumber !== null && line.taskNumber !== attempt.taskNumber;
  return !isNumberedOtherwise && hasElementsOf(line, attempt);
}

function hasElementsOf({ bill, checkCode, issueDate, totalAmount }: StatementLine, { elements }: CalledAttempt): boolean {
  return (
    (bill === null || billKey(bill) === billKey(elements)) &&
    (checkCode === null || checkCode === elements.checkCode) &&
    (issueDate === null || issueDate === elements.issueDate) &&
    (totalAmount === null || totalAmount === elements.totalAmount)
  );
}

/** Statements tell the time to the second: a line stands for all of its second. */
const LINE_LASTS_MS = 999;

/** How far outside the time of the attempt the line stands. */
function gapOf({ atMs }: StatementLine, { fromMs, untilMs }: CalledAttempt): number {
  return Math.max(0, fromMs - (atMs + LINE_LASTS_MS), atMs - untilMs);
}

function isOpen({ charge }: CalledAttempt): boolean {
  return charge === null || charge === 'unknown';
}

/** The line says of the call what its answer said. */
function saysTheSame(line: StatementLine, attempt: CalledAttempt): boolean {
  if (isOpen(attempt) || !attempt.mayHaveCalled) return false;
  const sameCode = line.code === null || attempt.code === null || line.code === attempt.code;
  return sameCode && line.isCharged === (attempt.charge === 'charged');
}

function pairNearest<A extends CalledAttempt>(board: Board<A>, edges: readonly Edge<A>[], by: Pair<A>['by']): void {
  for (const { line, attempt } of edges) if (board.lines.has(line) && board.attempts.has(attempt)) board.pair(line, attempt, by);
}

/** Splits edges into parts that share neither line nor attempt, each in the order given. */
function parts<A extends CalledAttempt>(edges: readonly Edge<A>[]): Edge<A>[][] {
  const parents = new Map<StatementLine | A, StatementLine | A>();
  const rootOf = (member: StatementLine | A): StatementLine | A => {
    let root = member;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    // Kept flat, so that a file that lists one bill ten thousand times costs no more than its lines.
    for (let at = member; at !== root;) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  for (const { line, attempt } of edges) {
    const [one, other] = [rootOf(line), rootOf(attempt)];
    if (one !== other) parents.set(one, other);
  }
  const byRoot = new Map<StatementLine | A, Edge<A>[]>();
  for (const edge of edges) {
    const root = rootOf(edge.line);
    const part = byRoot.get(root);
    if (part) part.push(edge);
    else byRoot.set(root, [edge]);
  }
  return [...byRoot.values()];
}

/** Pairs attempts without an answer where any pairing would tell the same of each of them; sets them aside otherwise. */
function matchOpen<A extends CalledAttempt>(board: Board<A>, edges: readonly Edge<A>[]): void {
  const lines = [...new Set(edges.map(({ line }) => line))].sort((a, b) => a.line - b.line);
  const attempts = [...new Set(edges.map(({ attempt }) => attempt))].sort((a, b) => (a.id < b.id ? -1 : 1));
  const nearest = nearestPairs(edges);
  const isCertain = nearest.length === attempts.length && new Set(lines.map(saying)).size === 1;
  if (!isCertain) board.setAside({ attempts, lines });
  else for (const { line, attempt } of nearest) board.pair(line, attempt, 'time');
}

function nearestPairs<A extends CalledAttempt>(edges: readonly Edge<A>[]): Edge<A>[] {
  const taken = new Set<StatementLine | A>();
  return edges.filter(({ line, attempt }) => {
    if (taken.has(line) || taken.has(attempt)) return false;
    taken.add(line).add(attempt);
    return true;
  });
}

function saying({ code, isCharged, feeHao }: StatementLine): string {
  return `${code ?? ''}/${isCharged}/${feeHao ?? ''}`;
}
