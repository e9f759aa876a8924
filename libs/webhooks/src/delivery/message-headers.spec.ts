import { createHmac, randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { messageHeaders } from './message-headers';

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

describe('messageHeaders', () => {
  const [current, previous, other] = [newSecret(), newSecret(), newSecret()];
  const message = { id: '019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b', body: '{"type":"webhook.test","data":{"什么":1}}', at: new Date() };

  it('is verified by the standard library', () => {
    expect(new Webhook(current).verify(message.body, messageHeaders(message, [current], 'standard'))).toEqual(JSON.parse(message.body));
  });

  it('is verified with either secret while two are valid', () => {
    const headers = messageHeaders(message, [current, previous], 'standard');
    for (const secret of [current, previous]) expect(() => new Webhook(secret).verify(message.body, headers)).not.toThrow();
    expect(() => new Webhook(other).verify(message.body, headers)).toThrow('No matching signature found');
  });

  it('is refused with another body, id or time', () => {
    const headers = messageHeaders(message, [current], 'standard');
    const verify = (body: string, changes: object) => () => new Webhook(current).verify(body, { ...headers, ...changes });
    expect(verify(`${message.body} `, {})).toThrow('No matching signature found');
    expect(verify(message.body, { 'webhook-id': 'x' })).toThrow('No matching signature found');
    expect(verify(message.body, { 'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 1) })).toThrow(
      'No matching signature found',
    );
  });

  it('bears a signature by HMAC-SM3 too in the suite sm, and is verified by the standard library all the same', () => {
    const headers = messageHeaders(message, [current, previous], 'sm');
    for (const secret of [current, previous]) {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      const signed = `${message.id}.${headers['webhook-timestamp']}.${message.body}`;
      expect(headers['webhook-signature']?.split(' ')).toContain(`v1sm3,${createHmac('sm3', key).update(signed).digest('base64')}`);
      expect(() => new Webhook(secret).verify(message.body, headers)).not.toThrow();
    }
    expect(messageHeaders(message, [current], 'standard')['webhook-signature']).not.toContain('sm3');
  });

  it('gives the vector of the standard', () => {
    const at = new Date(1_614_265_330_000);
    const vector = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}', at };
    expect(messageHeaders(vector, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], 'standard')['webhook-signature']).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });
});
