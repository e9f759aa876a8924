import { chooseDrawn } from './choose-drawn';

const READ = ['a1', 'a2', 'a3', 'b1'].map((file) => ({ expected: { file, form: file.charAt(0) } }));
const files = (chosen: typeof READ) => chosen.map(({ expected }) => expected.file);

describe('chooseDrawn', () => {
  it('spreads over the forms', () => {
    expect(files(chooseDrawn(READ, [], 3))).toEqual(['a1', 'b1', 'a2']);
  });

  it('takes those that are named, however many', () => {
    expect(files(chooseDrawn(READ, ['a2', 'b'], 1))).toEqual(['a2', 'b1']);
  });
});
