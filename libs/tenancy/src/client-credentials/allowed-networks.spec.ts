import { isAddressAllowed, networkOf } from './allowed-networks';

describe('networkOf', () => {
  it.each([
    ['10.1.0.0/16', '10.1.0.0/16'],
    ['10.1.2.3', '10.1.2.3/32'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['2001:db8::1', '2001:db8::1/128'],
  ])('takes %s', (text, network) => expect(networkOf(text)).toBe(network));

  it.each(['10.1.0.1/16', '10.1', '10.1.0.0/33', 'bank.example', '', '2001:db8::1/32'])('refuses %j', (text) => {
    expect(() => networkOf(text)).toThrow(RangeError);
  });
});

describe('isAddressAllowed', () => {
  it.each([
    ['10.1.2.3', ['10.1.0.0/16'], true],
    ['10.2.2.3', ['10.1.0.0/16'], false],
    ['::ffff:10.1.2.3', ['10.1.0.0/16'], true],
    ['10.2.2.3', ['10.1.0.0/16', '10.2.2.3/32'], true],
    ['2001:db8::7', ['10.1.0.0/16', '2001:db8::/32'], true],
    ['2001:db9::7', ['2001:db8::/32'], false],
    ['anything', [], true],
    ['not an address', ['10.1.0.0/16'], false],
  ])('%s in %j: %s', (address, networks, allowed) => expect(isAddressAllowed(address, networks)).toBe(allowed));
});
