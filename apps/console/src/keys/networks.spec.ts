import { networksOf } from './networks';

describe('networksOf', () => {
  it('takes lines and commas, and nothing for nothing', () => {
    expect(networksOf(' 10.20.0.0/16\n192.168.1.7, fd00::/8 \n\n')).toEqual(['10.20.0.0/16', '192.168.1.7', 'fd00::/8']);
    expect(networksOf(' \n')).toEqual([]);
  });
});
