/** A number that looks random and is always the same for the same row `n` and use. */
export function chosen(n: string, use: number): string {
  return `(hashint8extended(${n}, ${use}) & 9223372036854775807)`;
}

/** A place in a list of `length`, the first ones far more often: the higher the power, the more. */
export function skewed(n: string, use: number, length: number, power: number): string {
  return `floor(${length} * power(${chosen(n, use)} % 1000003 / 1000003.0, ${power}))::integer`;
}

const list = (values: readonly string[]): string => `array[${values.map((value) => `'${value}'`).join(', ')}]`;
const split = (text: string): string[] => text.split(' ');

const FIRST = split('清 云 江 安 永 长 平 宁 康 和 泰 兴 昌 荣 文 武 玉 金 银 石');
const SECOND = split('州 阳 城 海 川 山 原 陵 溪 河');
const UNITS = [
  ...split('第一人民医院 第二人民医院 第三人民医院 中医院 妇幼保健院 口腔医院 儿童医院 肿瘤医院 中心医院 传染病医院'),
  ...split('大学 师范大学 医科大学 职业技术学院 第一中学 第二中学 实验小学 机关幼儿园 技师学院 开放大学'),
  ...split('人民法院 中级人民法院 慈善总会 红十字会 总工会 行业协会 社会保险中心 不动产登记中心 公安局 车辆管理所'),
];
const PLACES = split('市 市东区 市西区 市南区 市北区');

const KINDS: readonly (readonly [string, string])[] = [
  ['medical-outpatient', '医疗门诊收费票据'],
  ['medical-inpatient', '医疗住院收费票据'],
  ['non-tax', '非税收入统一票据'],
  ['settlement', '资金往来结算票据'],
  ['donation', '公益事业捐赠统一票据'],
  ['membership-fee', '社会团体会费统一票据'],
  ['non-tax-payment', '非税收入一般缴款书'],
  ['social-insurance', '社会保险费专用票据'],
  ['other', '其他财政票据'],
  ['court-fee', '诉讼费专用票据'],
  ['union-fee', '工会经费收入专用票据'],
];
const ITEMS = split(
  '检查费 化验费 西药费 中成药费 中草药费 床位费 护理费 手术费 麻醉费 输血费 治疗费 诊察费 材料费 挂号费 放射费 学费 住宿费 培训费 考试费 报名费 捐赠款 会费 诉讼费 保险费 工本费 登记费 罚没款 往来款 保证金 其他',
);

const hashed = (field: string): string =>
  `('x' || left(encode(sha256(convert_to('${field}:' || text, 'UTF8')), 'hex'), 16))::bit(64)::bigint as term`;

/** Statements that make the lists a tenant's bills are drawn from: 20,000 payees, 341 titles, 3,000 item names. */
export const PARTS: readonly string[] = [
  `create temp table used_text (field text, term bigint, text text)`,
  `create temp table payee_part as select at, text, ${hashed('payee')} from (
     select at, (${list(FIRST)})[1 + at * 7 % 20] || (${list(SECOND)})[1 + at / 20 % 10] || (${list(PLACES)})[1 + at / 6000 % 5] || (${list(UNITS)})[1 + at / 200 % 30] as text
     from generate_series(0, 29999) at) made where at < 20000`,
  `create temp table title_part as select at, kind, title, text as normalised, ${hashed('text')} from (
     select at, (${list(KINDS.map(([kind]) => kind))})[1 + at / 31] as kind, place || (${list(KINDS.map(([, title]) => title))})[1 + at / 31] || '（电子）' as title,
       place || (${list(KINDS.map(([, title]) => title))})[1 + at / 31] || '(电子)' as text
     from (select at, (${list(FIRST)})[1 + at % 31 % 20] || (${list(split('东 西'))})[1 + at % 31 / 20] || '省' as place from generate_series(0, 340) at) made) titled`,
  `create temp table item_part as select at, text, 0::bigint as term from (
     select at, (${list(ITEMS)})[1 + at % 30] || case when at < 30 then '' else (at / 30)::text || '类' end as text from generate_series(0, 2999) at) made`,
  `create index on payee_part (at)`,
  `create index on item_part (at)`,
  `analyze payee_part`,
  `analyze item_part`,
];
