import { Charge, Outcome, ProviderFace, ProviderId } from '@app/contracts';
import fc from 'fast-check';
import type { ProviderResult } from './dialect';
import { dialectOf } from './registry';

const decode = (provider: ProviderId, body: Uint8Array): ProviderResult =>
  dialectOf(provider).decodeReply({ httpStatus: 200, contentType: 'application/json', body });

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
    expect(dialectOf(provider).id).toBe(provider);
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
    );
  });

  it('gives a match for the one code of a match only, and a reversal state for exact flags only', () => {
    const matchCode = { netocr: '0', jumdata: '200' }[provider];
    const flag = { netocr: 'redTag', jumdata: 'ch' }[provider];
    const flags = {
      netocr: new Map([
        ['0', false],
        ['1', true],
      ]),
      jumdata: new Map([
        ['01', false],
        ['02', true],
      ]),
    }[provider];
    fc.assert(
      fc.property(
        fc.oneof(fc.integer(), fc.string()),
        fc.oneof(fc.integer(), fc.string(), fc.constantFrom('0', '1', '01', '02')),
        (code, value) => {
          const outcome = decode(provider, Buffer.from(JSON.stringify({ code }))).outcome;
          expect(outcome === 'MATCH').toBe(String(code).trim() === matchCode);
          const face = decode(provider, Buffer.from(JSON.stringify({ code: matchCode, data: { [flag]: value } }))).face;
          expect(face?.reversed).toBe(flags.get(String(value).trim()) ?? null);
        },
      ),
    );
  });
});
