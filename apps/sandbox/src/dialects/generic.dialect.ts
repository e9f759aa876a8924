import { formatGenericReply, genericCodeOf, isGenericCallAuthentic, parseGenericCall, type GenericDescription } from '@app/providers';
import type { SandboxBook } from '../book/book.schema';
import type { SandboxDialect } from './sandbox-dialect';

/** The provider that an installation describes, as its description says. */
export function genericDialect({ request, reply }: GenericDescription, account: SandboxBook['accounts']['generic']): SandboxDialect {
  return {
    provider: 'generic',
    path: request.path,
    methods: ['POST'],
    codeField: reply.code.split('.').at(-1) ?? reply.code,
    hasChargeFlag: reply.charge !== undefined,
    read({ headers, contentType, body }, now) {
      const call = parseGenericCall(request, { headers, contentType, body });
      if (!account || !isGenericCallAuthentic(request, call, account, now))
        return { refusedWith: { code: genericCodeOf(reply, 'ACCOUNT') } };
      const { billCode, billNumber, checkCode, issueDate, totalAmount } = call.sent;
      return {
        asked: { billCode, billNumber, checkCode, issueDate: issueDate.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'), totalAmount },
      };
    },
    write: ({ code, message, charged, face, taskNumber }) =>
      formatGenericReply(reply, { code, charged, face, taskNumber, ...(message === undefined ? {} : { message }) }),
    codeOf: (outcome) => genericCodeOf(reply, outcome),
    isCharged: (code) => reply.codes[code]?.charge === 'charged',
    limitOutcome: () => 'DAILY_LIMIT',
  };
}
