import type { OtherInfo } from '@app/contracts';
import type { EvidenceElement } from '../evidence';
import { isInfo, LABELS } from '../labels/label-lexicon';
import { elementsWhere, isNamed, textOf } from './elements';

type Name = Pick<OtherInfo, 'cn' | 'en'>;

const INFO = LABELS.filter(isInfo);

/** What the elements of 其他信息 are called in print, by their names in lower case; of several labels the fullest. */
const NAMES: ReadonlyMap<string, Name> = new Map([
  ...[...INFO].reverse().map(({ text, en }) => [en.toLowerCase(), { cn: text, en }] as const),
  ['bizcode', { cn: '业务流水号', en: 'businessSerialNumber' }],
  ['inhospitaldate', { cn: '入院日期', en: 'inHospitalDate' }],
  ['outhospitaldate', { cn: '出院日期', en: 'outHospitalDate' }],
  ['relatedinvoicecode', { cn: '关联票据代码', en: 'relatedBillCode' }],
  ['relatedinvoicenumber', { cn: '关联票据号码', en: 'relatedBillNumber' }],
]);

/** Elements of `Main` itself that are 其他信息 in print, before and after the open-ended `MainExt`. */
const BEFORE = ['BizCode', 'PayMode'];
const REMARK = 'Remark';

/** What `MainExt` has that is a field of the bill. */
const FIELDS_OF_EXTENSION = ['PayCode'];

/** A known label with its colon, as it stands inside a remark. */
const LABELLED = new RegExp(`(?:^|[；;，,、\\s])(${INFO.map(({ text }) => text).join('|')})[：:]`, 'gu');

/** What the bill says beyond its fields, in the order of the document; an element of a name nobody knows keeps that name. */
export function xmlOtherInfo(bill: EvidenceElement, main: EvidenceElement[]): OtherInfo[] {
  const extension = elementsWhere([bill], (element) => isNamed(element, 'MainExt')).flatMap((ext) =>
    elementsWhere(ext.children, (element) => element.children.length === 0 && !isNamed(element, ...FIELDS_OF_EXTENSION)),
  );
  const remarks = main.filter((element) => isNamed(element, REMARK)).map(textOf);
  return [...main.filter((element) => isNamed(element, ...BEFORE)), ...extension]
    .map((element) => ({ ...nameOf(element.name), value: textOf(element) }))
    .concat(remarks.flatMap(fromRemark))
    .filter(({ value }) => value !== '');
}

function nameOf(elementName: string): Name {
  return NAMES.get(elementName.toLowerCase()) ?? { cn: '', en: elementName };
}

/** Non-tax bills write their pairs of label and value into the remark; any other remark is kept as it stands. */
function fromRemark(remark: string): OtherInfo[] {
  const labels = [...remark.matchAll(LABELLED)];
  if (labels[0]?.index !== 0) return [{ cn: '备注', en: 'remark', value: remark }];
  return labels.map((found, i) => ({
    ...nameOfLabel(found[1] ?? ''),
    value: remark
      .slice(found.index + found[0].length, labels[i + 1]?.index)
      .replace(/[；;，,、\s]+$/u, '')
      .trim(),
  }));
}

function nameOfLabel(cn: string): Name {
  return { cn, en: INFO.find(({ text }) => text === cn)?.en ?? '' };
}
