import { zhCN } from '../i18n/zh-CN';
import { flagWord } from './flag-word';

describe('flagWord', () => {
  it.each([
    [true, '是'],
    [false, '否'],
    [null, '未提供'],
  ])('of %p is %s', (value, word) => {
    expect(zhCN[flagWord(value)]).toBe(word);
  });
});
