import { formatNetocrReply, NETOCR_CODES, NETOCR_PATH, NETOCR_TYPE_ID, netocrCodeOf, parseNetocrCall } from '@app/providers';
import type { SandboxBook } from '../book/book.schema';
import { DAILY_LOOKUPS } from '../calls/daily-lookups';
import type { SandboxDialect } from './sandbox-dialect';

// netocr documents no code for wrong credentials: a code of no table makes clients show how they take one.
const WRONG_ACCOUNT = { code: '-1', message: '用户信息错误' };

/** netocr as its document describes it. */
export function netocrDialect(account: SandboxBook['accounts']['netocr']): SandboxDialect {
  return {
    provider: 'netocr',
    path: NETOCR_PATH,
    methods: ['POST'],
    codeField: 'code',
    hasChargeFlag: false,
    read({ body, contentType }) {
      const call = parseNetocrCall(body, contentType);
      if (!account || call.key !== account.key || call.secret !== account.secret) return { refusedWith: WRONG_ACCOUNT };
      if (call.typeId !== NETOCR_TYPE_ID) return { refusedWith: { code: '-30015' } };
      return {
        asked: {
          billCode: call.invoiceCode,
          billNumber: call.invoiceNumber,
          checkCode: call.checkCode,
          issueDate: call.billingDate,
          totalAmount: call.amountTax,
        },
      };
    },
    write: ({ code, message, face }) => formatNetocrReply({ code, face, ...(message === undefined ? {} : { message }) }),
    codeOf: netocrCodeOf,
    isCharged: (code) => NETOCR_CODES[code]?.charge === 'charged',
    limitOutcome: (failed) => (failed >= DAILY_LOOKUPS ? 'FAILED_LIMIT' : 'DAILY_LIMIT'),
  };
}
