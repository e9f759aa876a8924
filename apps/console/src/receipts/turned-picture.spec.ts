import { turnedSize } from './turned-picture';

describe('turnedSize', () => {
  it.each([
    [0, { width: 300, height: 200 }],
    [90, { width: 200, height: 300 }],
    [180, { width: 300, height: 200 }],
    [270, { width: 200, height: 300 }],
  ] as const)('by %d degrees', (turn, size) => expect(turnedSize({ width: 300, height: 200 }, turn)).toEqual(size));
});
