import { receiverOf } from './forwarding.module';

describe('where the audit is forwarded to', () => {
  it('is a receiver over TLS, at the port of syslog over TLS unless told', () => {
    const settings = { allowPlain: false, format: 'cef' } as const;
    expect(receiverOf({ ...settings, url: 'tls://siem.bank.example' })).toMatchObject({ host: 'siem.bank.example', port: 6514, tls: {} });
    expect(receiverOf({ ...settings, url: 'tls://[fd00::7]:7000' })).toMatchObject({ host: 'fd00::7', port: 7000 });
  });

  it('is plain TCP only where that was allowed', () => {
    const settings = { url: 'tcp://10.20.0.7', format: 'json' } as const;
    expect(() => receiverOf({ ...settings, allowPlain: false })).toThrow('PIAOYAN_SIEM_ALLOW_PLAIN');
    expect(receiverOf({ ...settings, allowPlain: true })).toEqual({ host: '10.20.0.7', port: 514, tls: null });
  });
});
