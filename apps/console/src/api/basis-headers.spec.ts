import { basisHeaders } from './basis-headers';

describe('the consent that goes with what is sent', () => {
  it('is percent-encoded, since headers are Latin-1', () => {
    expect(basisHeaders(' 同意书-7 ')).toEqual({ 'X-Piaoyan-Consent-Reference': encodeURIComponent('同意书-7') });
  });

  it('is left out where nothing was written', () => {
    expect([basisHeaders(null), basisHeaders('  ')]).toEqual([{}, {}]);
  });
});
