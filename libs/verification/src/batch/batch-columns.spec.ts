import { BATCH_COLUMNS, type ProblemError } from '@app/contracts';
import { BATCH_HEADERS, placesOf } from './batch-columns';

describe('placesOf', () => {
  it.each(['zh-CN', 'en'] as const)('finds the columns of the template in %s, in any order', (language) => {
    const header = [...BATCH_COLUMNS].reverse().map((column) => BATCH_HEADERS[column][language]);
    expect([...placesOf(header)]).toEqual([...BATCH_COLUMNS].reverse().map((column, at) => [column, at]));
  });

  it('finds them by other names, and leaves other columns aside', () => {
    const header = ['序号', '财政票据代码', '票据号', '*校验码', 'Issue Date / 开票日期', '金额合计（小写）'];
    expect(Object.fromEntries(placesOf(header))).toEqual({ billCode: 1, billNumber: 2, checkCode: 3, issueDate: 4, totalAmount: 5 });
  });

  it('names each column that is missing or there twice', () => {
    const thrown = (() => {
      try {
        return placesOf(['票据代码', 'Bill code', '校验码', '金额']);
      } catch (error) {
        return error as ProblemError;
      }
    })();
    expect(thrown).toMatchObject({
      code: 'table-header',
      errors: [
        { field: 'billNumber', message: 'no column is named 票据号码 (Bill number)' },
        { field: 'issueDate', message: 'no column is named 开票日期 (Issue date)' },
        { field: 'billCode', message: 'several columns are named 票据代码 (Bill code)' },
      ],
    });
  });
});
