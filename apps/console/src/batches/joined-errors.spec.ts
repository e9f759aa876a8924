import { rowError } from '../testing/made-up-batch';
import { askErrorsAfter, joinedErrors } from './joined-errors';

describe('joinedErrors', () => {
  const shown = [rowError(2, 'tooShort'), rowError(5, 'tooShort')];

  it('asks for the last row again, whose errors may have been cut off', () => {
    expect(askErrorsAfter(shown)).toBe(4);
    expect(askErrorsAfter([])).toBe(0);
  });

  it('shows no error twice and leaves none out', () => {
    const page = [rowError(5, 'tooShort'), rowError(5, 'badDate'), rowError(9, 'missing')];
    expect(joinedErrors(shown, page)).toEqual([shown[0], ...page]);
  });
});
