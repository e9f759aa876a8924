import type { ProviderFace } from '@app/contracts';

const VISIBLE_CODE_DIGITS = 4;

/** The face for a client that may not see whose bill it is: payer, credit code and the values of 其他信息 behind asterisks. */
export function maskFace(face: ProviderFace): ProviderFace {
  return {
    ...face,
    payer: face.payer && maskName(face.payer),
    payerCreditCode: face.payerCreditCode && maskCode(face.payerCreditCode),
    otherInfo: face.otherInfo.map((info) => ({ ...info, value: info.value === '' ? '' : '***' })),
  };
}

/** As providers mask names: the first character stays, and nothing tells how many follow. */
function maskName(name: string): string {
  const [first = ''] = name;
  return `${first}**`;
}

/** As providers mask codes: the last four stay. A code that is hardly longer is hidden whole. */
function maskCode(code: string): string {
  const visible = code.length >= 2 * VISIBLE_CODE_DIGITS ? code.slice(-VISIBLE_CODE_DIGITS) : '';
  return visible.padStart(code.length, '*');
}
