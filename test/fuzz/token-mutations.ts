import type { Random } from '@app/samples';
import type { Mutation, Mutations } from './mutation';

const NUMBERS = [
  ...['-1', '0', '1', '32', '65535', '65536', '2147483647', '2147483648', '-2147483649', '4294967295', '4294967296'],
  ...['99999999999999999999', '1e308', '-1e308', '1e-400', 'NaN', 'Infinity', '0.0000001', '1.5', '007', '', '--5', '0x10'],
] as const;

const PIECES = [
  '<',
  '>',
  '&',
  '&amp;',
  '&#0;',
  ']]>',
  '<!--',
  '<!DOCTYPE a>',
  '(',
  ')',
  '<<',
  '>>',
  '[',
  ']',
  'endobj',
  'stream',
  'R',
  '/',
] as const;

/** Ways that know numbers, names and references where they are written out. They change one of them, or all that are the same. */
export const TOKEN_MUTATIONS: Mutations = {
  hostileNumber: replacing(/-?\d+(?:\.\d+)?/gu, (_, chance) => chance.pick(NUMBERS)),
  longNumber: replacing(/\d+/gu, (number, chance) => number.repeat(chance.int(2, 200))),
  otherDigit: replacing(/\d/gu, (_, chance) => String(chance.int(0, 9))),
  hostilePiece: replacing(/[<>&()[\]/]/gu, (_, chance) => chance.pick(PIECES)),
  swappedName: exchanging(/[A-Za-z_]\w{2,30}/gu),
  swappedNumber: exchanging(/\d{1,12}/gu),
  swappedReference: exchanging(/\b\d+ 0 R\b|(?:ID|Loc|Root|Font|ResourceID)\s*=\s*"[^"]*"/gu),
  swappedElement: exchanging(/<(\w+)>[^<]*<\/\1>/gu),
  swappedObject: exchanging(/\d+ 0 obj[\s\S]{0,2000}?endobj/gu),
};

function replacing(token: RegExp, put: (found: string, chance: Random) => string): Mutation {
  return (bytes, chance) => {
    const text = bytes.toString('latin1');
    const found = pick(text, token, chance);
    if (!found) return null;
    return Buffer.from(text.slice(0, found.at) + put(found.text, chance) + text.slice(found.at + found.text.length), 'latin1');
  };
}

/** Puts one token where another of its kind stands: names that mean something else, references that lead in a circle. */
function exchanging(token: RegExp): Mutation {
  return (bytes, chance) => {
    const text = bytes.toString('latin1');
    const [one, other] = [pick(text, token, chance), pick(text, token, chance)];
    if (!one || !other) return null;
    if (chance.next() < 0.3) return Buffer.from(text.replaceAll(one.text, other.text.replaceAll('$', '$$$$')), 'latin1');
    return Buffer.from(text.slice(0, one.at) + other.text + text.slice(one.at + one.text.length), 'latin1');
  };
}

/** Some token from where chance falls on; files are too long to list all their tokens for each case. */
function pick(text: string, token: RegExp, chance: Random): { at: number; text: string } | null {
  for (const from of [chance.int(0, text.length), 0]) {
    token.lastIndex = from;
    const found = token.exec(text);
    if (found) return { at: found.index, text: found[0] };
  }
  return null;
}
