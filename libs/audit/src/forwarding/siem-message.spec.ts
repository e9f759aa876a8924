import type { RecordedEntry } from '../trail/recorded-entry';
import { siemMessage } from './siem-message';

const ENTRY: RecordedEntry = {
  id: '019ab1c2-5d4e-7f50-8a6b-7c8d9e0f1a2b',
  tenantId: '11111111-1111-4111-8111-111111111111',
  recordedAt: '2026-07-13T01:02:03.456789Z',
  transactionId: '771',
  action: 'access.refuse',
  outcome: 'failure',
  actorType: 'user',
  actorId: 'u-1',
  actorName: '张三',
  actorRoles: 'clerk',
  targetType: 'route',
  targetId: '/v1/audit',
  requestId: '9f3ac1d2e4b7',
  clientAddress: '10.20.0.31',
  userAgent: null,
  detail: { reason: 'scope' },
};
const SOURCE = { host: 'box 1', version: '1.2|3' };
const HEADER = '<108>1 2026-07-13T01:02:03.456789Z box_1 piaoyan - access.refuse';

describe('an entry as a message', () => {
  it('is RFC 5424 with structured data', () => {
    expect(siemMessage(ENTRY, 'rfc5424', SOURCE)).toBe(
      `${HEADER} [piaoyan@32473 id="019ab1c2-5d4e-7f50-8a6b-7c8d9e0f1a2b" tenantId="11111111-1111-4111-8111-111111111111"` +
        ' recordedAt="2026-07-13T01:02:03.456789Z" action="access.refuse" outcome="failure" actorType="user" actorId="u-1" actorName="张三"' +
        ' actorRoles="clerk" targetType="route" targetId="/v1/audit" requestId="9f3ac1d2e4b7" clientAddress="10.20.0.31"' +
        ' detail="{\\"reason\\":\\"scope\\"}"]',
    );
    expect(siemMessage({ ...ENTRY, outcome: 'success' }, 'rfc5424', SOURCE)).toMatch(/^<110>1 /);
  });

  it('is CEF, whose version holds a bar that parts nothing', () => {
    expect(siemMessage(ENTRY, 'cef', SOURCE)).toBe(
      `${HEADER} - CEF:0|Piaoyan|piaoyan|1.2\\|3|access.refuse|access.refuse|6|rt=1783904523456` +
        ' externalId=019ab1c2-5d4e-7f50-8a6b-7c8d9e0f1a2b act=access.refuse outcome=failure suid=u-1 suser=张三 spriv=clerk src=10.20.0.31' +
        ' cs1=11111111-1111-4111-8111-111111111111 cs1Label=tenantId cs2=user cs2Label=actorType cs3=route cs3Label=targetType' +
        ' cs4=/v1/audit cs4Label=targetId cs5=9f3ac1d2e4b7 cs5Label=requestId msg={"reason":"scope"}',
    );
  });

  it('is JSON of the same facts', () => {
    const message = siemMessage(ENTRY, 'json', SOURCE);
    expect(message.startsWith(`${HEADER} - \ufeff{`)).toBe(true);
    expect(JSON.parse(message.slice(message.indexOf('{')))).toMatchObject({ actorName: '张三', detail: '{"reason":"scope"}' });
  });

  it.each([
    ['rfc5424', 'a"] b\\', 'userAgent="a\\"\\] b\\\\"'],
    ['rfc5424', 'a\n<110>1 forged', 'userAgent="a <110>1 forged"'],
    ['cef', 'a=b|c\\\r\nd', 'requestClientApplication=a\\=b|c\\\\\\nd'],
  ] as const)('lets no value end early or begin a second message: %s %j', (format, userAgent, written) => {
    const message = siemMessage({ ...ENTRY, userAgent }, format, SOURCE);
    expect(message).toContain(written);
    expect(message).not.toMatch(/[\r\n]/);
  });

  it.each(['rfc5424', 'cef', 'json'] as const)('stays within what a receiver must take, whatever it holds: %s', (format) => {
    const long = '票"\\=]'.repeat(10_000);
    const message = siemMessage({ ...ENTRY, userAgent: long, detail: { reason: long } }, format, { host: 'h'.repeat(999), version: '1' });
    expect(Buffer.byteLength(message)).toBeLessThan(8_192);
  });
});
