import type { BillItem, OtherInfo } from '@app/contracts';
import { yuan } from './money';
import type { Random } from './random';
import type { SampleKind } from './sample-kind';
import { DEPARTMENTS, GIVEN_NAMES, HOSPITAL_TYPES, INSURANCES, KIND_FACTS, ORGANISATIONS, PAY_MODES, SURNAMES } from './wording';

/** The made-up people, rows and amounts of one bill. */
export interface Invention {
  payer: string;
  payerCreditCode: string;
  payee: string;
  reviewer: string;
  cashier: string;
  items: BillItem[];
  otherInfo: OtherInfo[];
  totalFen: bigint;
}

export function invent(random: Random, kind: SampleKind, issueDate: string): Invention {
  const isMedical = kind.startsWith('medical');
  const rows = isMedical ? medicalRows(random, kind) : generalRows(random, kind);
  const totalFen = rows.reduce((sum, row) => sum + row.fen, 0n);
  const byStaffNumber = random.next() < 0.4;
  const clerk = () => (byStaffNumber ? random.text(5) : person(random));
  return {
    payer: isMedical ? person(random) : random.pick(ORGANISATIONS),
    payerCreditCode: `**************${random.text(4)}`,
    payee: random.pick(KIND_FACTS[kind].payees),
    reviewer: clerk(),
    cashier: clerk(),
    items: rows.map((row) => row.item),
    otherInfo: isMedical ? medicalInfo(random, kind, issueDate, totalFen) : generalInfo(random, kind, issueDate),
    totalFen,
  };
}

interface Row {
  item: BillItem;
  fen: bigint;
}

function person(random: Random): string {
  return `${random.pick(SURNAMES)}${random.pick(GIVEN_NAMES)}`;
}

function medicalRows(random: Random, kind: SampleKind): Row[] {
  const isInpatient = kind === 'medical-inpatient';
  const names = random.some(KIND_FACTS[kind].items, isInpatient ? random.int(4, 10) : random.int(2, 7));
  return names.map((itemName) => {
    const fen = BigInt(random.int(isInpatient ? 5_000 : 500, isInpatient ? 420_000 : 60_000));
    const item = {
      itemCode: '',
      itemName,
      unit: random.pick(['次', '项', '盒']),
      quantity: String(random.int(1, 9)),
      standard: '',
      amount: yuan(fen),
      itemRemark: '',
    };
    return { item, fen };
  });
}

function generalRows(random: Random, kind: SampleKind): Row[] {
  const names = random.some(KIND_FACTS[kind].items, kind === 'donation' ? 1 : random.int(1, 3));
  return names.map((itemName) => {
    const quantity = kind === 'donation' ? 1 : random.int(1, 6);
    const standard = BigInt(random.int(50, 3_000)) * 100n + BigInt(random.int(0, 1) * 50);
    const fen = standard * BigInt(quantity);
    const item = {
      itemCode: `1030${random.text(5)}`,
      itemName,
      unit: random.pick(['元', '人', '件', '份']),
      quantity: String(quantity),
      standard: yuan(standard),
      amount: yuan(fen),
      itemRemark: '',
    };
    return { item, fen };
  });
}

function info(cn: string, en: string, value: string): OtherInfo {
  return { cn, en, value };
}

function generalInfo(random: Random, kind: SampleKind, issueDate: string): OtherInfo[] {
  if (kind !== 'non-tax') return [info('支付方式', 'payMode', random.pick(PAY_MODES))];
  return [
    info('申请号', 'applicationNumber', random.text(13)),
    info('缴费日期', 'paymentDate', issueDate),
    info('缴费方式', 'payMode', random.pick(PAY_MODES)),
    info('订单号', 'orderNumber', random.text(16)),
  ];
}

function medicalInfo(random: Random, kind: SampleKind, issueDate: string, totalFen: bigint): OtherInfo[] {
  const day = issueDate.replaceAll('-', '');
  const visit = kind === 'medical-inpatient' ? inpatientStay(random, day, totalFen) : outpatientVisit(random, day);
  return [
    info('业务流水号', 'businessSerialNumber', random.text(14)),
    ...visit,
    info('医疗机构类型', 'orgType', random.pick(HOSPITAL_TYPES)),
    info('医保类型', 'medicalInsuranceType', random.pick(INSURANCES)),
    info('医保编号', 'medicalInsuranceId', random.text(12)),
    info('性别', 'gender', random.pick(['男', '女'])),
    ...paymentSplit(random, totalFen),
  ];
}

function outpatientVisit(random: Random, day: string): OtherInfo[] {
  return [info('门诊号', 'patientNumber', random.text(8)), info('就诊日期', 'medicalDate', day)];
}

function inpatientStay(random: Random, day: string, totalFen: bigint): OtherInfo[] {
  const prepaid = (totalFen / 10_000n) * 10_000n;
  return [
    info('病历号', 'caseNumber', random.text(8)),
    info('住院号', 'hospitalizationNumber', random.text(8)),
    info('住院科别', 'departmentName', random.pick(DEPARTMENTS)),
    info('住院时间', 'inHospitalDate', `${day.slice(0, 6)}01-${day}`),
    info('预缴金额', 'prepayAmount', yuan(prepaid)),
    info('补缴金额', 'rechargeAmount', yuan(totalFen - prepaid)),
    info('退费金额', 'refundAmount', '0.00'),
  ];
}

/** 统筹 + 其他 + 个人账户 + 个人现金 = total. */
function paymentSplit(random: Random, totalFen: bigint): OtherInfo[] {
  const fund = (totalFen * BigInt(random.int(0, 80))) / 100n;
  const account = ((totalFen - fund) * BigInt(random.int(0, 50))) / 100n;
  return [
    info('医保统筹基金支付', 'fundPayAmount', yuan(fund)),
    info('其他支付', 'otherPayAmount', '0.00'),
    info('个人账户支付', 'accountPayAmount', yuan(account)),
    info('个人现金支付', 'ownPayAmount', yuan(totalFen - fund - account)),
  ];
}
