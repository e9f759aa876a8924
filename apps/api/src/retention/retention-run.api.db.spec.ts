import { createHash } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { SubjectRequestView } from '@app/contracts';
import { OrphanBounds, RetentionSchedule } from '@app/privacy';
import { FileObjectStore } from '@app/storage';
import { v7 as uuidv7 } from 'uuid';
import { DAY_MS, RetentionBench, SECRETS } from '../../../../test/support/retention-bench';
import { newElements } from '../../../../test/support/verification-bench';
import { forPurpose } from '../../../../test/support/for-purpose';

describe('retention: a run', () => {
  let bench: RetentionBench;
  beforeAll(async () => {
    bench = await RetentionBench.create();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.reset());

  it('goes on where it was stopped: what is marked is gone for everyone, and is proven once', async () => {
    const first = await bench.uploaded(newElements());
    await bench.set({ original: 1, detail: null });
    bench.clock.ahead = 2 * DAY_MS;
    bench.store.failures = 1;
    await expect(bench.run()).rejects.toThrow('the object store is away');
    expect(await bench.problemOf(`/v1/receipts/${first}/image`)).toEqual([410, 'erased']);
    const proven = async (): Promise<number> => (await bench.proofsOf(first)).filter((proof) => proof.class === 'original').length;
    expect([await proven(), (await bench.api.storedFiles()).length]).toEqual([0, 2]);
    // Killed after the first of two objects.
    bench.store.failures = 0;
    const killed = jest
      .spyOn(bench.store, 'delete')
      .mockImplementationOnce(async (key) => FileObjectStore.prototype.delete.call(bench.store, key));
    killed.mockImplementationOnce(() => Promise.reject(new RangeError('killed')));
    await expect(bench.run()).rejects.toThrow('killed');
    killed.mockRestore();
    expect([await proven(), (await bench.api.storedFiles()).length]).toEqual([0, 1]);
    await bench.set({ original: null, personal: null });
    await Promise.all([bench.run(), bench.run()]);
    expect(await proven()).toBe(1);
    expect(await bench.erasuresOf(first)).toHaveLength(2);
    expect(await bench.api.storedFiles()).toEqual([]);
    expect(await bench.api.rows('select from erasure_mark')).toEqual([]);
  });

  it('erases nothing when the audit cannot be written', async () => {
    const { verificationId } = await bench.bill();
    await bench.api.rows(`alter table audit_entry add constraint no_erase check (action <> 'retention.erase') not valid`);
    bench.clock.ahead = 181 * DAY_MS;
    await expect(bench.run()).rejects.toThrow();
    await bench.api.rows('alter table audit_entry drop constraint no_erase');
    expect((await bench.verificationOf(verificationId)).face!.payer).toBe(SECRETS[0]);
    await bench.run();
    expect(await bench.proofsOf(verificationId)).toHaveLength(1);
  });

  it('touches nothing of another tenant', async () => {
    const id = await bench.uploaded(newElements());
    expect((await bench.approved({ basedOn: 0, days: { original: 1 } }, 1)).status).toBe(200);
    bench.clock.ahead = 3 * DAY_MS;
    await bench.run(1);
    expect(await bench.proofsOf(id)).toEqual([]);
    expect((await bench.api.fetch(`/v1/receipts/${id}/image`, forPurpose())).status).toBe(200);
  });

  it('begins one run a tenant and day, however many workers look', async () => {
    const schedule = bench.worker.get(RetentionSchedule);
    bench.clock.ahead = 5_000 * DAY_MS;
    const begun = await Promise.all([schedule.beginDay(), schedule.beginDay(), schedule.beginDay()]);
    expect(begun.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(await schedule.beginDay()).toBe(0);
    const jobs = await bench.api.rows<{ tenant: string }>(
      `select data->>'tenantId' as tenant from pgboss.job where name = 'retention.run' order by 1`,
    );
    expect(jobs.map(({ tenant }) => tenant)).toEqual([...bench.api.tenantIds].sort());
  });

  it.each(["update erasure_proof set rule = 'x'", 'delete from erasure_proof', 'truncate erasure_proof'])(
    'lets nobody change a proof: %s',
    async (change) => {
      await expect(bench.api.rows(change)).rejects.toThrow('proofs of erasure are never changed');
    },
  );

  describe('sweeps', () => {
    const swept = (sweep: string): Promise<{ outcome: string; detail: Record<string, unknown> }[]> =>
      bench.api.rows(`select outcome, detail from audit_entry where action = 'retention.sweep' and detail->>'sweep' = $1 order by id`, [
        sweep,
      ]);
    const put = async (key: string): Promise<string> => {
      await bench.store.put(key, Readable.from([Buffer.from('x')]));
      return key;
    };
    const isThere = (key: string): Promise<boolean> =>
      bench.store.read(key).then(
        () => true,
        () => false,
      );

    it('take proposals that came to nothing a year ago, and none that was approved or still may be', async () => {
      const proposed = async (detail: number): Promise<string> => {
        const answer = await bench.put({ basedOn: (await bench.rules()).version, days: { detail } });
        return ((await answer.json()) as { id: string }).id;
      };
      const ids = [await proposed(301), await proposed(302), await proposed(303), await proposed(304)];
      const [open, lapsed, rejected, late] = ids;
      await bench.api.rows(`update approval set expires_at = now() - interval '366 days' where id = $1`, [lapsed]);
      const ended = `update approval set state = 'rejected', decided_by_type = 'user', decided_by = 'x', decided_by_name = 'x', decided_at = now()`;
      await bench.api.rows(`${ended} - interval '366 days' where id = $1`, [rejected]);
      await bench.api.rows(`${ended} - interval '364 days' where id = $1`, [late]);
      await bench.api.rows(`update approval set decided_at = now() - interval '2 years' where state = 'approved'`);
      const count = async (): Promise<number> => (await bench.api.rows('select from approval')).length;
      const before = await count();
      await bench.run();
      expect(await count()).toBe(before - 2);
      const left = await bench.api.rows<{ id: string }>('select id from approval where id = any($1::uuid[]) order by id', [ids]);
      expect(left.map(({ id }) => id)).toEqual([open, late]);
      expect(await swept('approval')).toMatchObject([{ outcome: 'success', detail: { removed: 2 } }]);
    });

    it('take copies that nobody may fetch any more', async () => {
      const json = { 'content-type': 'application/json' };
      const ask = async (path: string, body?: object): Promise<SubjectRequestView> => {
        const sent = body === undefined ? {} : { method: 'POST', headers: json, body: JSON.stringify(body) };
        return bench.asked(SubjectRequestView, path, sent);
      };
      const { id } = await ask('/v1/subject-requests', { kind: 'copy', payer: '无此人', reference: 'SR-9', purpose: '客户申请' });
      const path = `/v1/subject-requests/${id}`;
      const when = async (state: string): Promise<void> => {
        while ((await ask(path)).state !== state) await setTimeout(20);
      };
      await when('found');
      await ask(`${path}/export`, {});
      await when('exported');
      const [row] = await bench.api.rows<{ key: string }>(`select exports->0->>'key' as key from subject_request where id = $1`, [id]);
      const key = row!.key;
      bench.clock.ahead = 7 * DAY_MS - 60_000;
      await bench.run();
      expect([(await bench.api.fetch(`${path}/exports/1`)).status, await isThere(key)]).toEqual([200, true]);
      bench.clock.ahead = 7 * DAY_MS + 60_000;
      await bench.run();
      expect(await bench.problemOf(`${path}/exports/1`)).toEqual([410, 'subject-export-expired']);
      expect([(await ask(path)).state, await isThere(key)]).toEqual(['found', false]);
    });

    it('take objects that no row names once they are a week old, and nothing of another tenant', async () => {
      const [ours, theirs] = bench.api.tenantIds;
      const known = await bench.uploaded(newElements());
      const [row] = await bench.api.rows<{ key: string }>('select object_key as key from receipt where id = $1', [known]);
      const page = `${row!.key}.page-1.webp`;
      const orphan = await put(`receipts/${ours}/${uuidv7()}`);
      const picture = await put(`${orphan}.page-1.webp`);
      const foreign = await put(`receipts/${theirs}/${uuidv7()}`);
      const elsewhere = await put(`other/${ours}/${uuidv7()}`);
      const all = [row!.key, page, orphan, picture, foreign, elsewhere];
      bench.clock.ahead = 7 * DAY_MS - 60_000;
      await bench.run();
      expect(await Promise.all(all.map(isThere))).toEqual(all.map(() => true));
      bench.clock.ahead = 7 * DAY_MS + 60_000;
      await bench.run();
      expect(await Promise.all(all.map(isThere))).toEqual([true, true, false, false, true, true]);
      expect(await swept('object')).toMatchObject([{ outcome: 'success', detail: { unknown: 2, removed: 2 } }]);
    });

    it('reach the last object of a shard that holds more than one run looks at', async () => {
      const inShard = (key: string): boolean => createHash('sha256').update(key).digest().readUInt8(0) === 0;
      const keys: string[] = [];
      for (let n = 0; keys.length < 12; n += 1) {
        const key = `receipts/${bench.api.tenantIds[0]}/019ab1c2-0000-7000-8000-${String(n).padStart(12, '0')}`;
        if (inShard(key)) keys.push(key);
      }
      const last = keys.at(-1)!;
      for (const key of keys) await put(key);
      const path = join(bench.api.storageDirectory, '00', last);
      const longAgo = new Date(Date.now() - 8 * DAY_MS);
      await utimes(path, longAgo, longAgo);
      const bounds = bench.worker.get(OrphanBounds);
      Object.assign(bounds, { seen: 5, page: 2 });
      const list = jest.spyOn(bench.store, 'list');
      let runs = 0;
      for (; (await isThere(last)) && runs < 10; runs += 1) {
        await bench.run();
      }
      Object.assign(bounds, new OrphanBounds());
      expect([runs > 1, await isThere(last), await isThere(keys[0]!)]).toEqual([true, false, true]);
      expect(Math.max(...list.mock.calls.map(([{ limit }]) => limit))).toBe(2);
      list.mockRestore();
      for (const key of keys) await bench.store.delete(key);
    });

    it('take packages of keys that nobody fetched within a week, on record', async () => {
      const ids = [uuidv7(), uuidv7()] as const;
      for (const [at, id] of ids.entries()) {
        await bench.api.rows(
          `insert into key_export (tenant_id, id, recipient, package_wrapped, sha256, created_at)
           values ($1, $2, 'them', '{}', $3, now() - ${at === 0 ? '8' : '6'} * interval '1 day')`,
          [bench.api.tenantIds[0], id, 'a'.repeat(64)],
        );
      }
      await bench.run();
      await bench.run();
      expect(await bench.api.rows(`select package_wrapped as package from key_export order by created_at`)).toEqual([
        { package: null },
        { package: '{}' },
      ]);
      expect(await bench.api.rows(`select target_id as id, detail from audit_entry where action = 'dataKey.expire'`)).toEqual([
        { id: ids[0], detail: { recipient: 'them', sha256: 'a'.repeat(64) } },
      ]);
      const key = bench.api.person('securityAdministrator');
      const codes = await Promise.all(
        ids.map(
          async (id) =>
            (
              await bench.api.fetch(`/v1/key-exports/${id}/delivery`, {
                method: 'POST',
                body: '{}',
                headers: { 'content-type': 'application/json' },
                key,
              })
            ).status,
        ),
      );
      expect(codes).toEqual([410, 200]);
    });

    it('take no object where so much is unknown that the database must be wrong', async () => {
      const keys = await Promise.all(Array.from({ length: 40 }, () => put(`receipts/${bench.api.tenantIds[0]}/${uuidv7()}`)));
      bench.clock.ahead = 8 * DAY_MS;
      await bench.run();
      expect((await Promise.all(keys.map(isThere))).every(Boolean)).toBe(true);
      expect((await swept('object')).at(-1)).toMatchObject({ outcome: 'failure', detail: { unknown: 40, removed: 0 } });
    });

    it('fail one by one, after what is due was erased', async () => {
      const { verificationId } = await bench.bill();
      await bench.api.rows(`alter table audit_entry add constraint no_sweep check (action <> 'retention.sweep') not valid`);
      bench.clock.ahead = 181 * DAY_MS;
      await put(`receipts/${bench.api.tenantIds[0]}/${uuidv7()}`);
      await expect(bench.run()).rejects.toThrow('not everything was swept');
      await bench.api.rows('alter table audit_entry drop constraint no_sweep');
      expect(await bench.proofsOf(verificationId)).toHaveLength(1);
    });
  });
});
