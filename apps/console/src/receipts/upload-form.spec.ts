import { isArchive } from './upload-form';

describe('isArchive', () => {
  it.each([
    ['七月.zip', true],
    ['JULY.ZIP', true],
    ['bill.ofd', false],
    ['zip', false],
    ['bill.zip.pdf', false],
  ])('%s: %s', (name, expected) => expect(isArchive({ name })).toBe(expected));
});
