import { formatJumdataReply, isJumdataCallSigned, JUMDATA_CODES, JUMDATA_PATH, jumdataCodeOf, parseJumdataCall } from '@app/providers';
import type { SandboxBook } from '../book/book.schema';
import type { SandboxDialect } from './sandbox-dialect';

// jumdata documents no code for a wrong signature: a code of no table makes clients show how they take one.
const WRONG_SIGNATURE = { code: '600', message: '签名校验失败' };

/** jumdata as its document describes it. */
export function jumdataDialect(account: SandboxBook['accounts']['jumdata']): SandboxDialect {
  return {
    provider: 'jumdata',
    path: JUMDATA_PATH,
    methods: ['GET', 'POST'],
    codeField: 'code',
    hasChargeFlag: true,
    read({ query, body, contentType }, now) {
      const call = parseJumdataCall({ query, body, contentType });
      const isKnown = account !== undefined && call.appId === account.appId && isJumdataCallSigned(call, account.appSecret, now);
      if (!isKnown) return { refusedWith: WRONG_SIGNATURE };
      return {
        asked: {
          billCode: call.fpdm,
          billNumber: call.fphm,
          checkCode: call.jym,
          issueDate: call.kqrq.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
          totalAmount: call.je,
        },
      };
    },
    write: ({ code, message, charged, face, taskNumber }) =>
      formatJumdataReply({ code, charge: charged, face, taskNumber, ...(message === undefined ? {} : { message }) }),
    codeOf: jumdataCodeOf,
    isCharged: (code) => JUMDATA_CODES[code]?.charge === 'charged',
    limitOutcome: () => 'DAILY_LIMIT',
  };
}
