import { neutralised } from './neutralised';

describe('neutralised', () => {
  it.each(['=1+1', '+1', '-1+1', '-cmd', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1+1', '－x'])('puts an apostrophe before %j', (text) => {
    expect(neutralised(text)).toBe(`'${text}`);
  });

  it.each(['', '0123', '-12.30', '-5', '12.30', 'a=b', '北京', "'=1"])('leaves %j as it is', (text) => {
    expect(neutralised(text)).toBe(text);
  });
});
