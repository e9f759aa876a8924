/** What the names of organisations end in; a bracketed branch may follow. */
const ENDINGS = [
  ...[
    '公司',
    '集团',
    '银行',
    '分行',
    '支行',
    '医院',
    '卫生院',
    '卫生室',
    '门诊部',
    '诊所',
    '大学',
    '学院',
    '学校',
    '中学',
    '小学',
    '幼儿园',
  ],
  ...[
    '委员会',
    '管委会',
    '居委会',
    '村委会',
    '办公室',
    '管理局',
    '税务局',
    '财政局',
    '公安局',
    '服务中心',
    '管理中心',
    '交易中心',
    '研究院',
  ],
  ...['研究所', '事务所', '合作社', '基金会', '协会', '学会', '商会', '联合会', '工会', '法院', '检察院', '支队', '大队', '总队', '出版社'],
  ...['有限合伙', '普通合伙', '工厂', '商店', '超市', '酒店', '经营部', '管理处', '管理所', '事业部', '人民政府', '街道办事处'],
];
const ORGANISATION = new RegExp(`(?:${ENDINGS.join('|')})(?:[（(][^（()）]{1,20}[）)])?$`, 'u');
/** Shorter ones could be a person's name that ends like an organisation's. */
const SHORTEST = 4;
/** Longer ones are no name that was printed, and are not looked through. */
const LONGEST = 200;

/** Whether a payer's name is surely that of an organisation: it ends in the word for one. All others are taken for people. */
export function isOrganisationName(name: string): boolean {
  const text = name.trim();
  if (text.length > LONGEST || text.includes('*')) return false;
  return Array.from(text).length >= SHORTEST && ORGANISATION.test(text);
}
