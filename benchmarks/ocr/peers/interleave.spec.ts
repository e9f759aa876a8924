import { interleave } from './interleave';

describe('interleave', () => {
  it('lets another engine begin on each page', () => {
    const order = [...interleave([1, 2, 3, 4], ['a', 'b', 'c'])].map(([item, engine]) => `${item}${engine}`);
    expect(order).toEqual(['1a', '1b', '1c', '2b', '2c', '2a', '3c', '3a', '3b', '4a', '4b', '4c']);
  });

  it('has nothing to do without engines', () => {
    expect([...interleave([1], [])]).toEqual([]);
  });
});
