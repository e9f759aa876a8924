import type { ProviderEntryView } from '@app/contracts';
import { othersClosing } from './others-closing';

describe('the first entry of a register', () => {
  it('closes every other provider', () => {
    expect(othersClosing({ items: [] }, 'jumdata')).toEqual(['netocr', 'generic']);
  });

  it('is the first one only', () => {
    expect(othersClosing({ items: [{ provider: 'netocr' } as ProviderEntryView] }, 'jumdata')).toEqual([]);
  });
});
