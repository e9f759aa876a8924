import { Scratch } from './scratch';

describe('Scratch', () => {
  it('gives the same memory again and grows where it must', () => {
    const scratch = new Scratch();
    const large = scratch.take(8).fill(1);
    const small = scratch.take(4);
    expect([small.length, small.buffer]).toEqual([4, large.buffer]);
    expect(scratch.take(9)).toHaveLength(9);
  });
});
