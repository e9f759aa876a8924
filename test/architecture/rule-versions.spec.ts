import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readingRules } from '@app/bills';
import { RefusalCode, RuleSetView } from '@app/contracts';
import { verificationRules } from '@app/verification';
import { READING_RULES_CHANGES } from '../../libs/bills/src/rules/reading-rules-changes';
import { VERIFICATION_RULES_CHANGES } from '../../libs/verification/src/rules/verification-rules-changes';

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
