// Documented replies nest four levels deep; the reviver of the parser is recursive, so a hostile depth must not reach it.
const MAX_DEPTH = 32;

/** An object or list that is open at some place of the text. */
interface Frame {
  isObject: boolean;
  /** Source text of each value by its name, so that `"code":1,"code":0` is seen: a parser would keep the last and drop the other. */
  values: Map<string, string>;
  name: string | null;
  valueAt: number;
}

/** Why JSON text must not be believed although a parser may take it, or null. Whether it is JSON at all, the parser says. */
export function findFault(text: string): string | null {
  const frames: Frame[] = [];
  for (let at = 0; at < text.length; at++) {
    const frame = frames.at(-1);
    switch (text.charAt(at)) {
      case '"': {
        const end = endOfString(text, at);
        if (frame?.isObject && frame.name === null) frame.name = nameOf(text.slice(at, end + 1));
        at = end;
        break;
      }
      case ':':
        if (frame) frame.valueAt = at + 1;
        break;
      case '{':
      case '[':
        if (frames.length === MAX_DEPTH) return `JSON nests deeper than ${MAX_DEPTH} levels`;
        frames.push({ isObject: text[at] === '{', values: new Map(), name: null, valueAt: at + 1 });
        break;
      case ',':
        if (frame && contradicts(frame, text, at)) return 'JSON says two things under one name';
        break;
      case '}':
      case ']':
        if (frame && contradicts(frame, text, at)) return 'JSON says two things under one name';
        frames.pop();
        break;
    }
  }
  return null;
}

/** Ends the value at `at`; true when the name had another one before. */
function contradicts(frame: Frame, text: string, at: number): boolean {
  const { name, values } = frame;
  frame.name = null;
  if (name === null) return false;
  const value = text.slice(frame.valueAt, at).trim();
  const before = values.get(name);
  values.set(name, value);
  return before !== undefined && before !== value;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

/** A name as a parser reads it: `"c\u006fde"` is `code`. */
function nameOf(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}
