import { ProviderId } from '@app/contracts';
import { dialectOf } from './registry';

it('knows every provider by its id', () => {
  for (const provider of ProviderId.options) expect(dialectOf(provider).id).toBe(provider);
});
