import { bill } from '../testing/made-up-bill';
import { keyFor, settleIntent, type IntentStorage } from './intent';
import { startDraft, toElements } from './elements-draft';

function memory(): IntentStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (slot) => kept.get(slot) ?? null,
    setItem: (slot, value) => void kept.set(slot, value),
    removeItem: (slot) => void kept.delete(slot),
  };
}
const elements = toElements(startDraft(bill()))!;

describe('the idempotency key of a verification', () => {
  it('stays the same until the answer came', () => {
    const storage = memory();
    expect(keyFor({ elements }, storage)).toBe(keyFor({ elements }, storage));
  });

  it('is another one for other elements or another provider', () => {
    const storage = memory();
    const first = keyFor({ elements }, storage);
    expect(keyFor({ elements, provider: 'jumdata' }, storage)).not.toBe(first);
    expect(keyFor({ elements: { ...elements, totalAmount: '486.21' } }, storage)).not.toBe(first);
  });

  it('is another one once the answer came', () => {
    const storage = memory();
    const first = keyFor({ elements }, storage);
    settleIntent(storage);
    expect(keyFor({ elements }, storage)).not.toBe(first);
  });
});
