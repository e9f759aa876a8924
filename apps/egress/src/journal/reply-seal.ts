import { SealingKey, type Suite, UnsealError } from '@app/crypto';
import { ELEMENT_NAMES, EgressReply, type EgressCall } from '@app/contracts';

/** One reply for one key: nothing else is ever sealed under it. */
const KEY_NUMBER = 1;

/** What an attempt's reply key does for the journal. The key itself is written nowhere, and lives as long as the request that brought it. */
export class ReplySeal {
  private readonly key: SealingKey;

  constructor(
    readonly suite: Suite,
    private readonly call: EgressCall,
  ) {
    const secret = Buffer.from(call.replyKey, 'base64url');
    this.key = new SealingKey(suite, KEY_NUMBER, secret);
    secret.fill(0);
  }

  /**
   * Keyed digest of the call, in hexadecimal: it commits to the key as well as to what was asked. Whoever has the journal alone can test no
   * guess with it, such as the few digits of a check code.
   */
  digest(): string {
    const { attemptId, provider, elements } = this.call;
    const parts = [attemptId, provider, ...ELEMENT_NAMES.map((name) => elements[name])];
    return this.key.keyedHash('call', Buffer.from(JSON.stringify(parts))).toString('hex');
  }

  seal(reply: EgressReply): Buffer {
    return this.key.seal(this.context(), Buffer.from(JSON.stringify(reply)));
  }

  /** @throws UnsealError when the reply is not the one that was sealed for this attempt, with this key */
  open(sealed: Uint8Array): EgressReply {
    const reply = EgressReply.safeParse(JSON.parse(this.key.open(this.context(), sealed).toString()));
    if (!reply.success) throw new UnsealError('notAuthentic');
    return reply.data;
  }

  private context(): Buffer {
    return Buffer.from(JSON.stringify(['egress-reply', this.call.attemptId]));
  }
}
