import type { Reading } from '@app/contracts';
import { imageSourceOf, pageCountOf } from './image-source';

const reading: Reading = {
  decision: 'auto',
  refusal: null,
  pages: [
    { width: 30, height: 20, turned: 90 },
    { width: 30, height: 20, turned: 0 },
  ],
  bills: [],
  timings: {},
};
const read = (mediaType: string, pageImages: string[] = []) => ({ mediaType, state: 'read' as const, pageImages, reading });
const queued = (mediaType: string) => ({ mediaType, state: 'queued' as const, pageImages: [], reading: null });

describe('imageSourceOf', () => {
  it.each(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/bmp'])('shows %s as it was uploaded, read or not', (mediaType) => {
    expect(imageSourceOf(queued(mediaType), 1)).toEqual({ kind: 'original', turn: 0, isData: false });
    expect(imageSourceOf(read(mediaType, ['image/webp']), 1)).toEqual({ kind: 'original', turn: 90, isData: false });
  });

  it.each(['image/tiff', 'application/pdf', 'application/ofd'])('waits for the pages of %s', (mediaType) => {
    expect(imageSourceOf(queued(mediaType), 1)).toEqual({ kind: 'notYet' });
    expect(imageSourceOf(read(mediaType, ['image/webp', 'image/svg+xml']), 2)).toEqual({ kind: 'page', number: 2 });
  });

  it('offers the upload where there will never be a picture', () => {
    expect(imageSourceOf(read('application/pdf'), 1)).toMatchObject({ kind: 'original', isData: false });
    expect(imageSourceOf(queued('application/xml'), 1)).toMatchObject({ kind: 'original', isData: true });
  });
});

describe('pageCountOf', () => {
  it('counts what can be looked at', () => {
    expect(pageCountOf(read('application/pdf', ['image/webp', 'image/webp', 'image/webp']))).toBe(3);
    expect(pageCountOf(read('image/tiff'))).toBe(2);
    expect(pageCountOf(queued('application/pdf'))).toBe(1);
  });
});
