import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawPerMille } from './draw';
import { FaultScript } from './fault-script';
import { Fault, FaultRule, FaultRules } from './fault.schema';

const rule = (value: object): FaultRule => FaultRule.parse(value);
const takeFor = (script: FaultScript, requestNumber: number): string | null =>
  script.take({ provider: 'netocr', billNumber: '1', requestNumber }, undefined).fault?.kind ?? null;

it('draws evenly, and the same for the same seed and request', () => {
  const counts = new Array<number>(10).fill(0);
  for (let request = 1; request <= 100_000; request++) counts[Math.floor(drawPerMille(42, request) / 100)]! += 1;
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  expect([1, 2, 3, 4].map((request) => drawPerMille(42, request))).toEqual([912, 748, 444, 364]);
  expect([1, 2, 3, 4].map((request) => drawPerMille(43, request))).not.toEqual([912, 748, 444, 364]);
});

it('gives each rule of a seed its own share of the requests', () => {
  const script = new FaultScript();
  expect(script.add([rule({ share: 300, fault: { kind: 'empty' } }), rule({ share: 700, fault: { kind: 'halfJson' } })])).toBe(true);
  const kinds = Array.from({ length: 10_000 }, (_, request) => takeFor(script, request));
  expect(kinds.includes(null)).toBe(false);
  expect(Math.abs(kinds.filter((kind) => kind === 'empty').length - 3_000)).toBeLessThan(300);
});

it('takes what is told to happen first, and as often as told', () => {
  const script = new FaultScript();
  script.add([
    rule({ share: 1_000, fault: { kind: 'empty' } }),
    rule({ times: 2, fault: { kind: 'cut' } }),
    rule({ billNumber: '2', delayMs: 5 }),
  ]);
  expect([1, 2, 3].map((request) => takeFor(script, request))).toEqual(['cut', 'cut', 'empty']);
  expect(script.list()).toHaveLength(2);
});

it('adds nothing of shares that are more than everything', () => {
  const script = new FaultScript();
  expect(script.add([rule({ share: 600, fault: { kind: 'empty' } }), rule({ share: 600, fault: { kind: 'cut' } })])).toBe(false);
  expect(script.list()).toEqual([]);
});

describe('the page for operators', () => {
  const page = readFileSync(join(__dirname, '../../../../docs/operations/sandbox.md'), 'utf8');

  it('shows a mix that is accepted', () => {
    expect(FaultRules.safeParse(JSON.parse(/```json\n([^]+?)\n```/.exec(page)?.[1] ?? '')).success).toBe(true);
  });

  it('names every kind of fault', () => {
    const kinds = Fault.options.map((option) => option.shape.kind.value);
    expect(kinds.filter((kind) => !page.includes(`\`${kind}\``))).toEqual([]);
  });
});
