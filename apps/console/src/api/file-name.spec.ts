import { fileNameOf } from './file-name';

describe('fileNameOf', () => {
  it.each([
    ["attachment; filename*=UTF-8''%E7%BB%93%E6%9E%9C.xlsx", '结果.xlsx'],
    ["attachment; filename*=UTF-8''a%2Fb%5Cc.csv", 'a_b_c.csv'],
    ["attachment; filename*=UTF-8''%E7", 'download'],
    ['attachment; filename="subject-1.zip"', 'subject-1.zip'],
    ['attachment; filename="../a.zip"', 'download'],
    ['attachment', 'download'],
    [null, 'download'],
  ])('of %j is %s', (disposition, name) => {
    expect(fileNameOf(disposition)).toBe(name);
  });
});
