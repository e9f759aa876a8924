import { either, literal, oneOf, optional, sequence, type Shape } from './automaton';
import { seenOrLookAlike } from './belief';
import { CAPITAL_LOOK_ALIKES } from './look-alikes';

const NUMERAL = seenOrLookAlike(CAPITAL_LOOK_ALIKES);

/** Units of a group of four, falling. */
const SMALL_UNITS = ['仟', '佰', '拾', ''] as const;

/**
 * An amount in capital numerals, such as 肆佰捌拾陆元贰角整 or 叁佰元零叁分: units fall inside each group of four and the groups fall.
 * 零 between places, 整 or 正 at the end, and 人民币 before it may stand or not. Where 任 stands, the place tells 伍 from 仟.
 */
export function amountInWords(): Shape {
  const zero = optional(numeral('零'));
  const digit = numeral('壹贰叁肆伍陆柒捌玖');
  const [jiao, fen] = [sequence(digit, numeral('角')), sequence(digit, numeral('分'))];
  const [noJiao, noFen] = [sequence(numeral('零'), numeral('角')), sequence(numeral('零'), numeral('分'))];
  const afterYuan = sequence(zero, optional(either(sequence(jiao, zero), noJiao)), optional(either(fen, noFen)));
  const withYuan = sequence(either(whole(), numeral('零')), numeral('元圆'), afterYuan);
  const belowYuan = either(sequence(jiao, zero, optional(fen)), fen);
  return sequence(optional(literal('人民币')), either(withYuan, belowYuan), optional(numeral('整正')));
}

/** Signs of an amount; look-alikes that are no numerals themselves may have been read for them. */
function numeral(signs: string): Shape {
  return oneOf(signs, NUMERAL);
}

function whole(): Shape {
  const group = belowTenThousand();
  const belowYi = either(sequence(group, numeral('万'), optional(group)), group);
  return either(sequence(group, numeral('亿'), optional(belowYi)), belowYi);
}

/** 1 to 9999, of which 拾 may stand for 壹拾 at the head; 零 may stand before it and between its places. */
function belowTenThousand(): Shape {
  const zero = optional(numeral('零'));
  const places = SMALL_UNITS.map((unit) => sequence(numeral('壹贰叁肆伍陆柒捌玖'), unit === '' ? sequence() : numeral(unit), zero));
  const heads = places.map((place, rank) => sequence(place, ...places.slice(rank + 1).map(optional)));
  const ten = sequence(numeral('拾'), zero, ...places.slice(3).map(optional));
  return sequence(zero, either(...heads, ten));
}
