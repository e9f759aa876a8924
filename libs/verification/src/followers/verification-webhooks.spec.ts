import type { Tx } from '@app/database';
import type { WebhookNews, WebhookOutbox } from '@app/webhooks';
import { v7 as uuidv7 } from 'uuid';
import { VerificationWebhooks } from './verification-webhooks';
import { Verification } from '../verification.entity';

describe('VerificationWebhooks', () => {
  it('tells of all that ended together at once, and not of those still open', async () => {
    const calls: WebhookNews[][] = [];
    const outbox = { emit: (_tx: Tx, ...news: WebhookNews[]) => Promise.resolve(void calls.push(news)) } as unknown as WebhookOutbox;
    const verification = (state: Verification['state']): Verification =>
      Object.assign(new Verification(), {
        id: uuidv7(),
        receiptId: null,
        idempotencyKey: null,
        state,
        outcome: null,
        charge: null,
        face: null,
      });
    const [failed, lost, open] = [verification('failed'), verification('unknown'), verification('waiting')];
    await new VerificationWebhooks(outbox).verificationsSettled({} as Tx, [failed, lost, open]);
    expect(calls.map((news) => news.map(({ type, subjectId }) => [type, subjectId]))).toEqual([
      [
        ['verification.settled', failed.id],
        ['verification.unknown', lost.id],
      ],
    ]);
  });
});
