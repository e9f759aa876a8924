import type { Problem, VerificationRequest } from '@app/contracts';
import { UNREACHABLE, type Answer } from '../api/failure';
import { bill } from '../testing/made-up-bill';
import { startDraft, toElements } from './elements-draft';
import { PendingVerifications, type KeyStorage } from './pending-verifications';

function memory(): KeyStorage & { all: () => string } {
  const kept = new Map<string, string>();
  return {
    getItem: (slot) => kept.get(slot) ?? null,
    setItem: (slot, value) => void kept.set(slot, value),
    removeItem: (slot) => void kept.delete(slot),
    all: () => JSON.stringify([...kept]),
  };
}
const elements = toElements(startDraft(bill()))!;
const request: VerificationRequest = { elements };
const other: VerificationRequest = { elements: { ...elements, totalAmount: '486.21' } };
const refused = (status: number, code: string): Answer<string> => ({
  ok: false,
  failure: { kind: 'problem', problem: { status, code } as unknown as Problem },
});

/** An API that knows which key it got for what; its answers get lost as long as it is told so. */
function api() {
  const known = new Map<string, string>();
  const asked: string[] = [];
  const server = {
    isLosing: false,
    asked,
    known,
    of: (wanted: VerificationRequest) => (key: string) => {
      asked.push(key);
      const body = JSON.stringify(wanted);
      if ((known.get(key) ?? body) !== body) return Promise.resolve(refused(422, 'idempotency-key-reused'));
      known.set(key, body);
      return Promise.resolve<Answer<string>>(server.isLosing ? UNREACHABLE : { ok: true, value: key });
    },
  };
  return server;
}

describe('verifications without an answer', () => {
  it('are asked again under the same key, until the answer came', async () => {
    const [server, pending] = [api(), new PendingVerifications(memory())];
    server.isLosing = true;
    await pending.ask(request, server.of(request));
    await pending.ask(other, server.of(other));
    server.isLosing = false;
    await pending.ask(request, server.of(request));
    await pending.ask(request, server.of(request));
    const [first, second, third, fourth] = server.asked;
    expect(third).toBe(first);
    expect(new Set([first, second, fourth]).size).toBe(3);
  });

  it('leave nothing of a bill in the storage, and nothing at all once they are answered', async () => {
    const [server, storage] = [api(), memory()];
    const pending = new PendingVerifications(storage);
    server.isLosing = true;
    await pending.ask(request, server.of(request));
    expect(storage.all()).toContain(server.asked[0]);
    for (const element of Object.values(elements)) expect(storage.all()).not.toContain(element);
    server.isLosing = false;
    await pending.ask(request, server.of(request));
    expect(storage.all()).toBe('[]');
  });

  it('are found again after a reload by the API’s word, whatever is asked first', async () => {
    const [server, storage] = [api(), memory()];
    server.isLosing = true;
    await new PendingVerifications(storage).ask(request, server.of(request));
    server.isLosing = false;
    const reloaded = new PendingVerifications(storage);
    expect(await reloaded.ask(other, server.of(other))).not.toEqual({ ok: true, value: server.asked[0] });
    expect(await reloaded.ask(request, server.of(request))).toEqual({ ok: true, value: server.asked[0] });
    expect(server.known.size).toBe(2);
  });

  it('keep their key when a later try is refused for another reason: the first may have been carried out', async () => {
    const [server, pending] = [api(), new PendingVerifications(memory())];
    server.isLosing = true;
    await pending.ask(request, server.of(request));
    server.isLosing = false;
    await pending.ask(request, () => Promise.resolve(refused(401, 'unauthenticated')));
    await pending.ask(request, server.of(request));
    expect(server.asked[1]).toBe(server.asked[0]);
  });

  it('begin anew after a sure refusal, and with a storage that holds nonsense', async () => {
    const storage = memory();
    storage.setItem('piaoyan.pending', '{"nonsense"');
    const [server, pending] = [api(), new PendingVerifications(storage)];
    const keys: string[] = [];
    await pending.ask(request, (key) => {
      keys.push(key);
      return Promise.resolve(refused(422, 'invalid-elements'));
    });
    await pending.ask(request, server.of(request));
    expect(server.asked[0]).not.toBe(keys[0]);
  });
});
