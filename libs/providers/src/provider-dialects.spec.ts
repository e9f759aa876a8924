import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Charge, Outcome, ProviderFace, ProviderId } from '@app/contracts';
import fc from 'fast-check';
import { documentedDescription } from '../../../test/support/documented-provider';
import type { ProviderResult } from './dialect';
import { ProviderCodes } from './provider-codes';
import { ProviderDialects } from './provider-dialects';

const dialects = new ProviderDialects({ generic: documentedDescription() });
const decode = (provider: ProviderId, body: Uint8Array, from = dialects): ProviderResult =>
  from.of(provider).decodeReply({ httpStatus: 200, contentType: 'application/json', body });
const decodeCode = (provider: ProviderId, code: string, from: ProviderDialects): ProviderResult =>
  decode(provider, Buffer.from(JSON.stringify(provider === 'generic' ? { head: { code } } : { code })), from);

/** Replies that look right from afar: known names around arbitrary values. */
const nearlyReply = fc.record(
  {
    code: fc.oneof(fc.constantFrom(0, '0', 200, '200', -30001, 203), fc.jsonValue()),
    status: fc.jsonValue(),
    msg: fc.jsonValue(),
    charge: fc.oneof(fc.boolean(), fc.jsonValue()),
    taskNo: fc.jsonValue(),
    data: fc.oneof(
      fc.jsonValue(),
      fc.dictionary(
        fc.constantFrom('redTag', 'ch', 'invoiceLists', 'xmqd', 'qtxx', 'checkNum', 'jehj', 'amountTax', 'invoice'),
        fc.jsonValue(),
      ),
    ),
    infoList: fc.jsonValue(),
    messageString: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

describe.each(ProviderId.options)('the dialect of %s', (provider) => {
  it('is found by its id', () => {
    expect(dialects.of(provider).id).toBe(provider);
  });

  it('gives a result in the contract for any bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          nearlyReply.map((reply) => Buffer.from(JSON.stringify(reply))),
        ),
        (body) => {
          const result = decode(provider, body);
          expect(Outcome.options).toContain(result.outcome);
          expect(Charge.options).toContain(result.charge);
          if (result.face) expect(ProviderFace.safeParse(result.face).success).toBe(true);
        },
      ),
      { seed: 7 },
    );
  });

  it('gives a match for the one code of a match only, and a reversal state for exact flags only', () => {
    const matchCode = { netocr: '0', jumdata: '200', generic: '0000' }[provider];
    const flags = {
      netocr: new Map([
        ['0', false],
        ['1', true],
      ]),
      jumdata: new Map([
        ['01', false],
        ['02', true],
      ]),
      generic: new Map([
        ['N', false],
        ['R', true],
      ]),
    }[provider];
    const reply = (code: unknown, flag: unknown): unknown =>
      ({
        netocr: { code, data: { redTag: flag } },
        jumdata: { code, data: { ch: flag } },
        generic: { head: { code }, body: { bill: { red: { state: flag } } } },
      })[provider];
    fc.assert(
      fc.property(
        fc.oneof(fc.integer(), fc.string()),
        fc.oneof(fc.integer(), fc.string(), fc.constantFrom('0', '1', '01', '02', 'N', 'R', true, false)),
        (code, value) => {
          const outcome = decode(provider, Buffer.from(JSON.stringify(reply(code, '')))).outcome;
          expect(outcome === 'MATCH').toBe(String(code).trim() === matchCode);
          const face = decode(provider, Buffer.from(JSON.stringify(reply(matchCode, value)))).face;
          expect(face?.reversed).toBe(flags.get(String(value).trim()) ?? null);
        },
      ),
      { seed: 7 },
    );
  });
});

describe('codes that an installation adds', () => {
  const added = {
    netocr: { '-30040': { outcome: 'ACCOUNT', charge: 'notCharged', message: '余额不足' } },
    jumdata: { '600': { outcome: 'ACCOUNT', charge: 'notCharged', message: '签名错误' } },
  };
  const extended = new ProviderDialects({ codes: ProviderCodes.parse(added) });

  it.each([
    ['netocr', '-30040', '余额不足'],
    ['jumdata', '600', '签名错误'],
  ] as const)('are understood from %s, with their text where the reply has none, and with no alert', (provider, code, message) => {
    expect(decodeCode(provider, code, new ProviderDialects())).toMatchObject({ outcome: 'UNKNOWN_CODE', charge: 'unknown' });
    expect(decodeCode(provider, code, extended)).toMatchObject({
      outcome: 'ACCOUNT',
      charge: 'notCharged',
      providerCode: code,
      providerMessage: message,
      alerts: [],
    });
  });

  it('are overruled by the boolean of jumdata like any other', () => {
    expect(decode('jumdata', Buffer.from('{"code":600,"charge":true}'), extended)).toMatchObject({
      charge: 'charged',
      alerts: ['chargeContradictsCode'],
    });
  });

  it.each(['MATCH', 'MISMATCH', 'NOT_FOUND'])('are never %s', (outcome) => {
    expect(ProviderCodes.safeParse({ netocr: { '-1': { outcome, charge: 'charged', message: 'm' } } }).success).toBe(false);
  });

  it.each([
    ['netocr', '0'],
    ['netocr', '-30001'],
    ['netocr', '-30009'],
    ['jumdata', '200'],
    ['jumdata', '999'],
    ['generic', '0000'],
  ])('change no documented code: %s %s', (provider, code) => {
    const entry = { outcome: 'ACCOUNT', charge: 'notCharged', message: 'm' };
    expect(ProviderCodes.safeParse({ [provider]: { [code]: entry } }).success).toBe(false);
  });

  it.each([{ other: {} }, { netocr: { '-1': { outcome: 'ACCOUNT', charge: 'notCharged', message: 'm', retry: true } } }, []])(
    'are refused as %j',
    (file) => {
      expect(ProviderCodes.safeParse(file).success).toBe(false);
    },
  );
});

it('cannot speak for the generic provider without its description', () => {
  const undescribed = new ProviderDialects().of('generic');
  expect(undescribed.credentials.safeParse({ id: 'a', secret: 'b' }).success).toBe(false);
  expect(undescribed.decodeReply({ httpStatus: 200, contentType: '', body: Buffer.from('{"head":{"code":"0000"}}') })).toMatchObject({
    outcome: 'PROVIDER_ERROR',
    charge: 'unknown',
  });
});

it('has each provider in one folder and one registration', () => {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.spec)\.ts$/.test(name));
  const mentions = (provider: ProviderId): string[] =>
    files.filter((name) => new RegExp(`'${provider}'|\\./${provider}/`).test(readFileSync(join(__dirname, name), 'utf8')));
  for (const provider of ProviderId.options) {
    const outside = mentions(provider).filter((name) => relative(provider, name).startsWith(`..${sep}`));
    expect(outside.sort()).toEqual(
      provider === 'generic' ? ['index.ts', 'provider-dialects.ts', 'providers.ts'] : ['index.ts', 'providers.ts'],
    );
  }
});
