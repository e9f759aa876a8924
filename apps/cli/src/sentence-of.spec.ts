import { open } from 'node:fs/promises';
import { sentenceOf } from './sentence-of';

describe('what an operator is told of a failure', () => {
  it('is the sentence of the error', () => {
    expect(sentenceOf(new RangeError('there is no tenant called "x"'))).toBe('there is no tenant called "x"');
    expect(sentenceOf('broken')).toBe('broken');
  });

  it('names the file and what is the matter, and no system call', async () => {
    const failure = (path: string, flags: string): Promise<unknown> => open(path, flags).catch((error: unknown) => error);
    expect(sentenceOf(await failure('/nowhere/file', 'r'))).toBe('/nowhere/file is not there');
    expect(sentenceOf(await failure(__filename, 'wx'))).toBe(`${__filename} exists already, and nothing is overwritten: name another file`);
  });

  it('is the error of another kind as it is', () => {
    expect(sentenceOf(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))).toBe('connect ECONNREFUSED');
  });
});
