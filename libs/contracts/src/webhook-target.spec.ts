import { WebhookTargets } from './webhook-target';

describe('WebhookTargets', () => {
  it('takes hosts, domains, ports and networks', () => {
    const text =
      'https://erp.bank.example, https://*.bank.example:8443,http://127.0.0.1:9000 , https://[2001:db8::1], 10.20.0.0/16,fd00:20::/48';
    expect(WebhookTargets.parse(text)).toEqual([
      { kind: 'host', protocol: 'https:', host: 'erp.bank.example', isWildcard: false, port: 443 },
      { kind: 'host', protocol: 'https:', host: 'bank.example', isWildcard: true, port: 8443 },
      { kind: 'host', protocol: 'http:', host: '127.0.0.1', isWildcard: false, port: 9000 },
      { kind: 'host', protocol: 'https:', host: '[2001:db8::1]', isWildcard: false, port: 443 },
      { kind: 'network', cidr: '10.20.0.0/16' },
      { kind: 'network', cidr: 'fd00:20::/48' },
    ]);
  });

  it('takes "none" for nothing', () => expect(WebhookTargets.parse(' none ')).toEqual([]));

  it.each([
    '',
    '*',
    'https://*',
    'https://*.example',
    'https://*.0.0.1',
    'https://erp.*.example',
    'ftp://erp.bank.example',
    'erp.bank.example',
    'https://ERP.bank.example',
    'https://erp.bank.example/hook',
    'https://user@erp.bank.example',
    'https://erp.bank.example:0',
    'https://erp.bank.example:65536',
    'https://0x7f.0.0.1',
    'https://2130706433',
    'https://127.1',
    'https://[::FFFF:1.2.3.4]',
    '0.0.0.0/0',
    '10.0.0.0/7',
    '10.20.0.0',
    '10.20.0.0/33',
    '::/0',
    'none, https://erp.bank.example',
    'https://erp.bank.example,',
  ])('refuses %j', (text) => expect(WebhookTargets.safeParse(text).success).toBe(false));
});
