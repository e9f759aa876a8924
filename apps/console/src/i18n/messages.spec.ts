import {
  ActKind,
  ApprovalState,
  BatchColumn,
  BillKind,
  BillState,
  Charge,
  ELEMENT_NAMES,
  EvidenceField,
  FieldName,
  Hold,
  Origin,
  Outcome,
  ProviderChannelState,
  ProviderId,
  RefusalCode,
  RetentionClass,
  Source,
  SubjectRequestState,
  UserState,
  Verdict,
  VerificationBatchState,
  VerificationState,
} from '@app/contracts';
import { en } from './en';
import { createI18n } from './i18n-context';
import { Language, MESSAGES } from './language';
import { fill } from './messages';
import { zhCN } from './zh-CN';

/** As the API names what a password lacks. */
const PASSWORD_FAULTS = ['tooShort', 'tooLong', 'tooSimple', 'containsName', 'common', 'reused'];

const placeholdersOf = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe('texts of the console', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort());
  });

  it.each(Language.options)('are never empty in %s', (language) => {
    const empty = Object.entries(MESSAGES[language]).filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });

  it('take the same placeholders in both languages', () => {
    const unequal = Object.keys(zhCN).filter((key) => {
      const name = key as keyof typeof zhCN;
      return placeholdersOf(zhCN[name]).join() !== placeholdersOf(en[name]).join();
    });
    expect(unequal).toEqual([]);
  });

  it('are Chinese in Chinese', () => {
    const foreign = Object.entries(zhCN).filter(
      ([key, text]) => !/\p{Script=Han}/u.test(text) && !/^placeholder\.|^person\.called$/.test(key),
    );
    expect(foreign).toEqual([]);
  });

  it.each([
    ['field', [...FieldName.options, ...EvidenceField.options]],
    ['hold', Hold.options],
    ['batchState', VerificationBatchState.options],
    ['field', BatchColumn.exclude(['reference']).options],
    ['check', ELEMENT_NAMES],
    ['placeholder', ELEMENT_NAMES],
    ['source', Source.options],
    ['kind', BillKind.options],
    ['light', [...Verdict.options, ...VerificationState.options.filter((state) => state !== 'answered')]],
    ['advice', Verdict.options],
    ['outcomeCode', Outcome.options],
    ['charge', Charge.options],
    ['origin', Origin.options],
    ['approvals.state', ApprovalState.options],
    ['approvals.effect', ActKind.options],
    ['dryRun.refusal', RefusalCode.options],
    ['subjects.state', SubjectRequestState.options],
    ['people.state', UserState.options],
    ['retention.holds', RetentionClass.options],
    ['channels.state', ProviderChannelState.options],
    ['approvals.value', ProviderId.options],
    ['approvals.field', RetentionClass.exclude(['verdict']).options],
    ['password.fault', PASSWORD_FAULTS],
    ['provider', ProviderId.options],
    ['ledger.explain', BillState.options],
  ])('name every %s of the contract', (prefix, names) => {
    expect(names.map((name) => `${prefix}.${name}`).filter((key) => !(key in zhCN))).toEqual([]);
  });
});

describe('fill', () => {
  it('puts values into their places', () => {
    expect(fill('{number}/{count}', { number: 1, count: 3 })).toBe('1/3');
  });

  it('leaves a placeholder without a value to be seen', () => {
    expect(fill('编号 {id}')).toBe('编号 {id}');
  });
});

describe('createI18n', () => {
  const text = { 'zh-CN': '未找到', en: 'Not found' };

  it.each([
    ['zh-CN', '上传中 40%', '未找到'],
    ['en', 'Uploading 40%', 'Not found'],
  ] as const)('speaks %s', (language, uploading, said) => {
    const { t, say } = createI18n(language);
    expect(t('upload.sending', { percent: 40 })).toBe(uploading);
    expect(say(text)).toBe(said);
  });
});
