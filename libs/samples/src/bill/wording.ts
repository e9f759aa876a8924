import type { SampleKind } from './sample-kind';

type Choices<T> = readonly [T, ...T[]];

interface KindFacts {
  title: string;
  /** Digits 3 to 6 of the bill code. */
  classAndSort: string;
  payees: Choices<string>;
  items: Choices<string>;
}

/** Real names of provinces, because the code's first digits must fit the title; every other name is visibly made up. */
export const REGIONS: Choices<{ prefix: string; name: string }> = [
  { prefix: '11', name: '北京市' },
  { prefix: '31', name: '上海市' },
  { prefix: '32', name: '江苏省' },
  { prefix: '33', name: '浙江省' },
  { prefix: '37', name: '山东省' },
  { prefix: '44', name: '广东省' },
  { prefix: '51', name: '四川省' },
  { prefix: '61', name: '陕西省' },
];

export const SURNAMES: Choices<string> = ['赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈', '林', '何'];
export const GIVEN_NAMES: Choices<string> = ['示例', '样本', '测试', '演示', '范例', '试用'];
export const ORGANISATIONS: Choices<string> = ['示例科技有限公司', '样本贸易有限公司', '演示建筑工程有限公司', '范例食品有限公司'];

const HOSPITALS: Choices<string> = ['示例市第一医院', '示例市人民医院', '样本区中心医院', '演示县中医医院', '范例市妇幼保健院'];
const MEDICAL_ITEMS: Choices<string> = [
  '检查费',
  '化验费',
  '治疗费',
  '西药费',
  '中成药费',
  '卫生材料费',
  '护理费',
  '手术费',
  '床位费',
  '诊察费',
  '放射费',
  '输血费',
];

export const KIND_FACTS: Readonly<Record<SampleKind, KindFacts>> = {
  'medical-outpatient': { title: '医疗门诊收费票据（电子）', classAndSort: '0601', payees: HOSPITALS, items: MEDICAL_ITEMS },
  'medical-inpatient': { title: '医疗住院收费票据（电子）', classAndSort: '0602', payees: HOSPITALS, items: MEDICAL_ITEMS },
  'non-tax': {
    title: '非税收入统一票据（电子）',
    classAndSort: '0101',
    payees: ['示例市知识产权局', '样本区自然资源局', '演示市考试中心', '范例职业技术学院'],
    items: ['考试考务费', '高等学校学费', '不动产登记费', '专利年费', '公路占用费', '污水处理费'],
  },
  settlement: {
    title: '资金往来结算票据（电子）',
    classAndSort: '0401',
    payees: ['示例市第一中学', '样本大学', '演示区住房保障中心'],
    items: ['代收作业本费', '投标保证金', '押金', '代收住宿费', '课题经费往来款'],
  },
  donation: {
    title: '公益事业捐赠统一票据（电子）',
    classAndSort: '0501',
    payees: ['示例市慈善总会', '样本教育发展基金会', '演示公益基金会'],
    items: ['助学捐款', '扶老助残捐款', '医疗救助捐款', '乡村振兴捐款'],
  },
};

export const DEPARTMENTS: Choices<string> = ['骨科', '普外科', '心血管内科', '呼吸内科', '妇产科', '神经内科'];
export const HOSPITAL_TYPES: Choices<string> = ['综合医院', '中医医院', '专科医院'];
export const INSURANCES: Choices<string> = ['职工基本医疗保险', '城乡居民基本医疗保险', '全自费'];
export const PAY_MODES: Choices<string> = ['银联', '微信', '支付宝', '现金', '转账'];
