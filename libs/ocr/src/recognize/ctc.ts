/** The best classes of every step: `depth` classes a step, best first, with their probabilities. */
export interface TopClasses {
  values: Float32Array;
  classes: Int32Array;
  depth: number;
}

/** One decoded character: the steps it spans and, at the step where it is surest, its probability and its rivals. */
export interface DecodedChar {
  classId: number;
  confidence: number;
  firstStep: number;
  lastStep: number;
  alternatives: { classId: number; confidence: number }[];
}

const BLANK = 0;

/** Rivals below this probability carry no information. */
const MIN_ALTERNATIVE = 0.001;

/** Greedy CTC: repeats are joined first and blanks dropped second, or "100" would become "10". */
export function decodeCtc(top: TopClasses): DecodedChar[] {
  const steps = top.classes.length / top.depth;
  const chars: DecodedChar[] = [];
  for (let step = 0; step < steps;) {
    const classId = top.classes[step * top.depth] ?? BLANK;
    const firstStep = step;
    let surest = step;
    while (step < steps && top.classes[step * top.depth] === classId) {
      if (probability(top, step) > probability(top, surest)) surest = step;
      step++;
    }
    if (classId !== BLANK) {
      const confidence = probability(top, surest);
      chars.push({ classId, confidence, firstStep, lastStep: step - 1, alternatives: alternativesAt(top, surest) });
    }
  }
  return chars;
}

function probability(top: TopClasses, step: number): number {
  return top.values[step * top.depth] ?? 0;
}

function alternativesAt(top: TopClasses, step: number): DecodedChar['alternatives'] {
  const found: DecodedChar['alternatives'] = [];
  for (let rank = 1; rank < top.depth; rank++) {
    const at = step * top.depth + rank;
    const classId = top.classes[at] ?? BLANK;
    const confidence = top.values[at] ?? 0;
    if (classId !== BLANK && confidence >= MIN_ALTERNATIVE) found.push({ classId, confidence });
  }
  return found;
}
