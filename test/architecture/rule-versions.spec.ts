import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readingRules } from '@app/bills';
import { ActKind, RefusalCode, RuleSetView } from '@app/contracts';
import { verificationRules } from '@app/verification';
import { READING_RULES_CHANGES } from '../../libs/bills/src/rules/reading-rules-changes';
import { DEFAULT_POLICY, type PolicyTerms } from '../../libs/verification/src/policy/verification-policy.entity';
import { VERIFICATION_RULES_CHANGES } from '../../libs/verification/src/rules/verification-rules-changes';
import { readImports } from './import-graph';

const ROOT = join(__dirname, '../..');
const BILLS = ['decision', 'checks', 'money', 'codes'].flatMap((folder) => sourcesIn(`libs/bills/src/${folder}`));
const SETS = [
  {
    set: readingRules(),
    table: READING_RULES_CHANGES,
    sources: [...BILLS, ...['bill-reading', 'join-sources', 'read-bills', 'fields/shapes'].map((name) => `libs/bills/src/${name}.ts`)],
  },
  {
    set: verificationRules(),
    table: VERIFICATION_RULES_CHANGES,
    sources: [
      ...sourcesIn('libs/verification/src/rules').filter((path) => !/verification-rules|rule-sets/.test(path)),
      ...['element-warnings', 'holding-answer', 'local-guards', 'provider-rules', 'request-guards', 'spent-call'].map(
        (name) => `libs/verification/src/request/${name}.ts`,
      ),
      ...[
        'sending/next-step',
        'verdict',
        'face/evidence',
        'charges/settlement/settlement-limit',
        'charges/settlement/settlements-by-hand',
      ].map((name) => `libs/verification/src/${name}.ts`),
      ...['outcome-policy', 'face-comparison'].map((name) => `libs/providers/src/${name}.ts`),
    ],
  },
];

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** Of what decides, not of what is said about it: comments and white space do not count. */
function digestOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of sources) {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const code = text.replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
    hash.update(`${path}\n${code.replace(/\s+/g, '')}\n`);
  }
  return hash.digest('hex').slice(0, 32);
}

describe.each(SETS)('the rules of a $set.name', ({ set, table, sources }) => {
  it('have a version of their own for what decides: a changed decision adds a line to the table, any other change renews its digest', () => {
    expect(table.at(-1)!.digest).toBe(digestOf(sources));
  });

  it('count their versions from 1, each with its day and what it brought', () => {
    expect(table.map(({ version }) => version)).toEqual(table.map((_, at) => at + 1));
    expect([...table.map(({ date }) => date)].sort()).toEqual(table.map(({ date }) => date));
    expect(set.version).toBe(table.length);
    RuleSetView.parse(set);
  });

  it('are each told once, in both languages, and since a version that exists', () => {
    expect(new Set(set.rules.map(({ code }) => code)).size).toBe(set.rules.length);
    for (const { asks, leadsTo, since } of set.rules) {
      expect(since).toBeLessThanOrEqual(set.version);
      for (const text of [asks, leadsTo]) {
        expect(text['zh-CN']).toMatch(/\p{Script=Han}/u);
        expect(text.en).not.toMatch(/\p{Script=Han}/u);
      }
    }
  });
});

it('tells a rule for every code by which a verification is refused', () => {
  const told = new Set(verificationRules().rules.map(({ code }) => code));
  expect(RefusalCode.options.filter((code) => !told.has(code))).toEqual([]);
});

/** What can be changed while the product runs bears on what is asked, on money, on keeping or on keys: the dry run covers the first two. */
describe('what is changed at run time', () => {
  type Subject = 'request' | 'settlement' | 'reading' | 'erasure' | 'ledger' | 'keys' | 'calls';
  const TERMS: Readonly<Record<keyof PolicyTerms, Subject>> = {
    provider: 'request',
    failover: 'request',
    dailyQuota: 'request',
    monthlyBudgetFen: 'request',
    onImplausible: 'request',
    settlementLimitFen: 'settlement',
  };
  const ACTS: Readonly<Record<ActKind, Subject>> = {
    'verificationPolicy.set': 'request',
    'provider.open': 'calls',
    'charge.settle': 'settlement',
    'bill.unbook': 'ledger',
    'tenant.erase': 'erasure',
    'subject.erase': 'erasure',
    'retention.set': 'erasure',
    'key.export': 'keys',
  };

  it('says of each term and each act what it bears on, and none bears on a reading: else the dry run must run over readings', () => {
    const { version: _version, ...terms } = DEFAULT_POLICY;
    expect(Object.keys(TERMS).sort()).toEqual(Object.keys(terms).sort());
    expect(Object.keys(ACTS).sort()).toEqual([...ActKind.options].sort());
    expect([...Object.values(TERMS), ...Object.values(ACTS)]).not.toContain('reading');
  });

  it('cannot reach what decides a reading, which knows no tenant, no table and no setting', () => {
    const imports = readImports();
    const reached = new Set(['libs/reading']);
    for (const room of reached) {
      for (const { target } of imports.filter((one) => one.room === room)) if (/^(apps|libs)\//.test(target)) reached.add(target);
    }
    expect([...reached].sort()).toEqual(['libs/bills', 'libs/contracts', 'libs/documents', 'libs/ocr', 'libs/reading']);
    const environment = [...reached].flatMap((room) => filesBelow(`${room}/src`)).filter((path) => /process\.env/.test(textOf(path)));
    // It only switches a library's own reports off.
    expect(environment).toEqual(['libs/ocr/src/onnx/no-telemetry.ts']);
    // The worker gives a reader the bytes and how to stop; a reader that took more would be told of its tenant here.
    expect(textOf('libs/receipts/src/reading/receipt-reading.ts')).toContain('this.reader.read(bytes, { signal: job.signal, onPage })');
  });

  function filesBelow(folder: string): string[] {
    return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => `${folder}/${name}`);
  }
  function textOf(path: string): string {
    return readFileSync(join(ROOT, path), 'utf8');
  }
});
