/** For each folded character as read, the signs it is easily read for; several are given likeliest first. */
export type LookAlikes = ReadonlyMap<string, string>;

/** Letters and strokes that recognisers give for digits. Only for values that are figures by definition. */
export const DIGIT_LOOK_ALIKES = lookAlikes({ 0: 'OoDQ', 1: 'lIi|', 5: 'Ss', 6: 'b', 8: 'B', 9: 'q' });

/** The letters that most faces draw exactly like a digit, for codes in which letters are as good as digits. */
export const DRAWN_LIKE_DIGITS = lookAlikes({ 0: 'oO', 1: 'lI' });

/**
 * Characters that are no capital numerals themselves and that recognisers, fonts or clerks put in their place.
 * A capital numeral is never on the right: turning one numeral into another would hide an altered amount.
 * 武, 集 and 任 come from readings of real bills: 任 stood for 伍 and, with a third of the probability, for 仟.
 */
export const CAPITAL_LOOK_ALIKES = lookAlikes({
  零: '〇○霝雾',
  壹: '一臺壶壱',
  贰: '二武貮貳弍弐贡贷',
  叁: '三参參叄蓥',
  肆: '四肄',
  伍: '五任仵',
  陆: '六陸陕',
  柒: '七集染渠漆',
  捌: '八扒別别',
  玖: '九攻玫玟政',
  拾: '十抬恰',
  佰: '百伯',
  仟: '千什任',
  万: '萬方',
  亿: '億忆',
  元: '圓園园无',
  角: '甪',
  整: '証证',
});

/** Turns a sign's look-alikes round, to be looked up by what was read. */
function lookAlikes(taken: Readonly<Record<string, string>>): LookAlikes {
  const meant = new Map<string, string>();
  for (const [sign, others] of Object.entries(taken)) for (const other of others) meant.set(other, (meant.get(other) ?? '') + sign);
  return meant;
}
