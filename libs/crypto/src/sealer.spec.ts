import { isMasterKeyList } from './master-keys';
import { type SealContext, Sealer } from './sealer';

const OLD = 'a'.repeat(64);
const NEW = 'b'.repeat(64);
const PLACE: SealContext = { tenantId: 't1', purpose: 'provider-reply', rowId: 'r1' };
const TEXT = Buffer.from('查验成功发票一致');

describe('Sealer', () => {
  const sealer = new Sealer(OLD);

  it('opens what it sealed, and never seals twice alike', () => {
    const [first, second] = [sealer.seal(PLACE, TEXT), sealer.seal(PLACE, TEXT)];
    expect(sealer.open(PLACE, first)).toEqual(TEXT);
    expect(first).not.toEqual(second);
    expect(first.includes(TEXT)).toBe(false);
  });

  it('seals nothing, too', () => {
    expect(sealer.open(PLACE, sealer.seal(PLACE, Buffer.alloc(0)))).toHaveLength(0);
  });

  it.each(['tenantId', 'purpose', 'rowId'] as const)('refuses a value that was sealed for another %s', (part) => {
    expect(() => sealer.open({ ...PLACE, [part]: 'x' }, sealer.seal(PLACE, TEXT))).toThrow('altered or belongs elsewhere');
  });

  it('refuses a value with any bit changed, and one cut short', () => {
    const sealed = sealer.seal(PLACE, TEXT);
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at] = altered[at]! ^ 1;
      expect(() => sealer.open(PLACE, altered)).toThrow('sealed value');
    }
    expect(() => sealer.open(PLACE, sealed.subarray(0, -1))).toThrow('altered');
    expect(() => sealer.open(PLACE, Buffer.of(1))).toThrow('altered');
  });

  it('opens what an older key sealed, and seals under the newest', () => {
    const both = new Sealer(`${NEW}\n${OLD}\n`);
    expect(both.open(PLACE, sealer.seal(PLACE, TEXT))).toEqual(TEXT);
    expect(() => sealer.open(PLACE, both.seal(PLACE, TEXT))).toThrow('not configured');
  });
});

describe('isMasterKeyList', () => {
  it.each([OLD, `${NEW}\n${OLD}\n`])('takes %j', (text) => expect(isMasterKeyList(text)).toBe(true));
  it.each(['', 'short', `${OLD}${OLD}`, `${OLD} ${OLD}`, OLD.toUpperCase()])('refuses %j', (text) =>
    expect(isMasterKeyList(text)).toBe(false),
  );
});
