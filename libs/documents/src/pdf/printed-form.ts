/**
 * Forms of radicals without a Unicode decomposition, as pairs radical-character. Programs that make PDFs from outlines often give the radical's
 * code where the font draws both with one outline.
 */
const CHARACTER_OF = new Map(
  (
    '⺁厂⺇几⺌小⺎尢⺏尣⺓幺⺟母⺠民⺢水⺥爪⺩王⺫目⺭示⺰纟⺱网⺶羊⺷羊⺻聿⺼肉⻁虎⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阜⻘青⻙韦⻚页⻛风' +
    '⻜飞⻝食⻞飠⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙'
  )
    .match(/../gu)
    ?.map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
);

const RADICALS = /^[\u2e80-\u2fdf]$/u;

/** The character that a code stands for in print: radicals, which look the same, are given as the characters they are. */
export function printedForm(code: number): string {
  const char = code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  return RADICALS.test(char) ? (CHARACTER_OF.get(char) ?? char.normalize('NFKC')) : char;
}
