import { preferredWait } from './prefer-wait';

describe('Prefer: wait', () => {
  it.each([
    ['wait=20', 20],
    ['respond-async, wait=5', 5],
    ['WAIT = "7"; foo', 7],
    ['wait=0', 0],
    ['wait=3600', 30],
  ])('%s asks for %d seconds', (header, seconds) => {
    expect(preferredWait(header)).toBe(seconds);
  });

  it.each([[undefined], [''], ['wait'], ['wait=soon'], ['wait=-1'], ['await=5'], ['respond-async']])('%s asks for nothing', (header) => {
    expect(preferredWait(header)).toBeNull();
  });

  it('reads repeated headers as one list', () => {
    expect(preferredWait(['respond-async', 'wait=3'])).toBe(3);
  });
});
