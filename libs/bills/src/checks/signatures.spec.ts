import type { Signature } from '@app/contracts';
import { bill, doubtful, page, replaced } from '../../../../test/support/printed-page';
import { readBills } from '../read-bills';

const TODAY = '2026-11-22';
const signature = (state: Signature['state'], coversWhole = true): Signature => ({
  kind: 'pdf',
  state,
  digestMatches: true,
  signatureValid: true,
  coversWhole,
  signer: '示例单位',
  signedAt: null,
});

function reading(signatures: Signature[], source: 'text' | 'ocr' = 'text', lines = bill()) {
  const [only] = readBills({ pages: [{ ...page(lines), source }], signatures, today: TODAY }).bills;
  return { decision: only?.decision, reasons: only?.reasons.map(({ code }) => code), by: only?.fields.billNumber?.confirmedBy };
}

describe('electronic signatures', () => {
  it('confirm every element when the whole is unchanged and its issuer is trusted', () => {
    expect(reading([signature('intact')])).toEqual({ decision: 'auto', reasons: [], by: ['signature'] });
  });

  it.each([
    ['of a part only', [signature('intact', false)]],
    ['of an issuer who is not trusted', [signature('untrusted')]],
    ['that nobody checked', [signature('notChecked')]],
  ])('%s confirm nothing', (_, signatures) => expect(reading(signatures).by).toEqual([]));

  it('confirm no reading of a picture', () => {
    const lines = replaced(bill(), '票据号码', (found) => [doubtful(found, 8, { confidence: 0.9 })]);
    expect(reading([signature('intact')], 'ocr', lines)).toMatchObject({ decision: 'review', by: [] });
  });

  it('that do not fit send the bill to a person, whatever others say', () => {
    expect(reading([signature('intact'), signature('altered')])).toMatchObject({ decision: 'review', reasons: ['signature-altered'] });
  });

  it.each([
    ['untrusted', 'signature-untrusted'],
    ['notChecked', 'signature-not-checked'],
  ] as const)('that are %s are told of', (state, code) => {
    expect(reading([signature(state)])).toMatchObject({ decision: 'auto', reasons: [code] });
  });
});
