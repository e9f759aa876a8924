import fc from 'fast-check';
import { findFault } from './json-faults';

it('finds nothing wrong with what a serializer writes, spread out or not', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.constantFrom(undefined, 2), (value, indent) => {
      expect(findFault(JSON.stringify(value, null, indent))).toBeNull();
    }),
    { seed: 7 },
  );
});

it('finds a second value under a name wherever it stands', () => {
  const wrap = [(text: string) => text, (text: string) => `[1,${text}]`, (text: string) => `{"a":{"b":[${text}]},"c":"}{\\"code\\":2"}`];
  fc.assert(
    fc.property(
      fc.string(),
      fc.jsonValue({ maxDepth: 3 }),
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(...wrap),
      (name, one, other, around) => {
        const key = JSON.stringify(name);
        const [first, second] = [JSON.stringify(one), JSON.stringify(other)];
        const found = findFault(around(`{${key}:${first},"between":[{"x":1},{"x":2}],${key} : ${second} }`));
        const isTwice = first !== second || (name === 'between' && first !== '[{"x":1},{"x":2}]');
        expect(found !== null).toBe(isTwice);
      },
    ),
    { seed: 7 },
  );
});

it.each([
  ['{"code":1,"c\\u006fde":0}', true],
  ['{"code":1,"data":{"code":0}}', false],
  ['[{"code":1},{"code":0}]', false],
  ['{"a":"\\"code\\":1,","code":0}', false],
  ['{"code":1,"code":1}', false],
  ['{"code":{"x":1},"code":{"x":1}}', false],
  ['{"code":1,"code":"1"}', true],
])('of %s: %j', (text, isFaulty) => {
  expect(findFault(text) !== null).toBe(isFaulty);
});

it('ends with any text, and stops at a hostile depth', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ':', ',', 'a', ' ') }), (text) => void findFault(text)),
    { seed: 7 },
  );
  expect(findFault('['.repeat(1_000_000))).toMatch(/deeper/);
  expect(findFault('{"a":'.repeat(33))).toMatch(/deeper/);
  expect(findFault(`${'['.repeat(32)}${']'.repeat(32)}`)).toBeNull();
});
