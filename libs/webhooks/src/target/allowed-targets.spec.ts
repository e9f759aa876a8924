import { WebhookTargets } from '@app/contracts';
import { AllowedTargets } from './allowed-targets';

const targets = (text: string) => new AllowedTargets(WebhookTargets.parse(text));
const LIST =
  'https://erp.bank.example, https://*.bank.example:8443, http://plain.bank.example, http://127.0.0.1:9000, 10.20.0.0/16, fd00:20::/48';

describe('a webhook URL', () => {
  const allowed = targets(LIST);

  it.each([
    ['https://erp.bank.example/hook', 'exact'],
    ['https://erp.bank.example', 'exact'],
    ['https://erp.bank.example/hook?tenant=1', 'exact'],
    ['https://a.bank.example:8443/', 'domain'],
    ['https://a.b.bank.example:8443/', 'domain'],
    ['http://plain.bank.example/', 'exact'],
    ['http://127.0.0.1:9000/hook', 'loopback'],
    ['https://10.20.1.2/', 'network'],
    ['https://[fd00:20::1]/', 'network'],
    ['https://anything.example/', 'network'],
  ])('%s passes as %s', (url, reach) => expect(allowed.admit(url).reach).toBe(reach));

  it.each([
    ['another protocol', 'http://erp.bank.example/'],
    ['a protocol of files', 'file:///etc/passwd'],
    ['another port', 'https://erp.bank.example:8444/'],
    ['another port of a network', 'https://10.20.1.2:8443/'],
    ['http to a network', 'http://10.20.1.2/'],
    ['the domain itself for its wildcard', 'https://bank.example:8443/'],
    ['a name that ends alike', 'https://evilbank.example:8443/'],
    ['loopback on another port', 'http://127.0.0.1:9001/'],
    ['loopback by https', 'https://127.0.0.1/'],
    ['loopback by name', 'http://localhost:9000/'],
    ['another address of loopback', 'http://127.0.0.2:9000/'],
    ['a private address of no listed network', 'https://10.21.1.2/'],
    ['a public address of no listed network', 'https://8.8.8.8/'],
    ['link-local', 'https://169.254.169.254/'],
    ['mapped IPv4', 'https://[::ffff:10.20.1.2]/'],
    ['mapped IPv4, spelt as shown', 'https://[::ffff:a14:102]/'],
    ['octal', 'https://012.024.1.2/'],
    ['hexadecimal', 'https://0x0a140102/'],
    ['decimal', 'https://169083138/'],
    ['short', 'https://10.20.258/'],
    ['a percent-encoded host', 'https://%65rp.bank.example/'],
    ['full-width letters', 'https://ｅrp.bank.example/'],
    ['upper case', 'https://ERP.bank.example/'],
    ['the default port', 'https://erp.bank.example:443/'],
    ['a dot at the end', 'https://erp.bank.example./'],
    ['a user', 'https://erp.bank.example@evil.example/'],
    ['a user and password', 'https://u:p@erp.bank.example/'],
    ['an empty user', 'https://@erp.bank.example/'],
    ['a fragment', 'https://erp.bank.example/#hook'],
    ['an empty fragment', 'https://erp.bank.example/#'],
    ['a back-slash', 'https://erp.bank.example\\@evil.example/'],
    ['a path that climbs', 'https://erp.bank.example/a/../b'],
    ['a tab', 'https://erp.bank\t.example/'],
    ['a line break', 'https://erp.bank.example/\r\nx'],
    ['no scheme', '//erp.bank.example/'],
    ['nothing', ''],
  ])('is refused with %s', (_what, url) => expect(() => allowed.admit(url)).toThrow('webhook target refused'));

  it('is always refused while nothing is allowed', () => {
    expect(() => targets('none').admit('https://erp.bank.example/')).toThrow('names no such host');
  });

  it('needs a listed host where no network is listed', () => {
    expect(() => targets('https://erp.bank.example').admit('https://anything.example/')).toThrow('names no such host');
  });
});

describe('an address that a webhook would go to', () => {
  const allowed = targets(LIST);
  const ANY = ['exact', 'domain', 'network'] as const;

  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback, another', '127.255.0.1'],
    ['loopback of IPv6', '::1'],
    ['unspecified', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['unspecified of IPv6', '::'],
    ['link-local and metadata', '169.254.169.254'],
    ['link-local of IPv6', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['multicast', '224.0.0.1'],
    ['multicast of IPv6', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['mapped IPv4', '::ffff:10.20.1.2'],
    ['mapped public IPv4', '::ffff:8.8.8.8'],
    ['compatible IPv4', '::127.0.0.1'],
    ['translated IPv4', '::ffff:0:10.20.1.2'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['local NAT64', '64:ff9b:1::a14:102'],
    ['6to4', '2002:7f00:1::1'],
    ['Teredo', '2001::1'],
    ['site-local', 'fec0::1'],
    ['reserved', '240.0.0.1'],
    ['documentation', '192.0.2.1'],
    ['benchmarks', '198.18.0.1'],
    ['metadata of a cloud in a private range', 'fd00:ec2::254'],
    ['credentials of pods in a private range', 'fd00:ec2::23'],
    ['metadata of another cloud in a private range', 'fd20:ce::254'],
    ['metadata of a cloud in the carrier range', '100.100.100.200'],
    ['a platform service at a public address', '168.63.129.16'],
    ['no address', 'localhost'],
    ['a short one', '127.1'],
    ['nothing', ''],
  ])('is never %s (%s)', (_what, address) => {
    const wide = targets(
      `${LIST},127.0.0.0/8,169.254.0.0/16,100.64.0.0/10,192.0.0.0/8,240.0.0.0/8,168.0.0.0/8,fd00::/32,fd00:ec2::/32,fd20:ce::/32,fe80::/32,64:ff9b::/96`,
    );
    for (const reach of ANY) expect([reach, allowed.reaches(address, reach), wide.reaches(address, reach)]).toEqual([reach, false, false]);
  });

  it.each([
    ['public', '8.8.8.8', [true, true, false]],
    ['public, IPv6', '2600::1', [true, true, false]],
    ['private and listed', '10.20.255.255', [true, true, true]],
    ['private', '10.21.0.1', [true, false, false]],
    ['private', '172.16.0.1', [true, false, false]],
    ['private', '192.168.1.1', [true, false, false]],
    ["a carrier's", '100.64.0.1', [true, false, false]],
    ['unique-local and listed', 'fd00:20::5', [true, true, true]],
    ['unique-local', 'fd00:21::5', [true, false, false]],
  ])('may be %s (%s) by an exact host, a domain, a network: %j', (_what, address, expected) => {
    expect(ANY.map((reach) => allowed.reaches(address, reach))).toEqual(expected);
  });

  it('is 127.0.0.1 and no other where the operator named it', () => {
    expect(['127.0.0.1', '127.0.0.2', '::1', '10.20.0.1'].map((address) => allowed.reaches(address, 'loopback'))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
