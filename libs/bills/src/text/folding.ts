import { foldSign } from '@app/ocr/shapes';

/** Traditional forms that recognisers give for the fonts of titles and labels, as pairs traditional-simplified. */
const SIMPLIFIED = new Map(
  (
    '醫医療疗門门診诊費费據据電电號号碼码驗验開开單单複复項项數数額额標标準准備备註注計计寫写統统稅税業业務务會会團团體体贈赠險险訴诉訟讼繳缴廣广' +
    '東东陝陕蘇苏內内龍龙雲云貴贵寧宁慶庆遼辽資资來来結结專专維维區区類类時时間间種种銀银條条購购銷销發发車车員员罰罚個个帳账賬账戶户現现預预補补編编'
  )
    .match(/../gu)
    ?.map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
);

/** The simplified form of a folded character, for matching labels and titles only: names keep their own characters. */
export function simplify(folded: string): string {
  return SIMPLIFIED.get(folded) ?? folded;
}

/** Folds and simplifies a whole text for matching; white space is dropped. */
export function foldText(text: string): string {
  return Array.from(text, (char) => simplify(foldSign(char))).join('');
}
