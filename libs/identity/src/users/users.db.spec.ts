import { type TenantContext, UnitOfWork } from '@app/database';
import { v7 as uuidv7 } from 'uuid';
import { createIdentityBench, type IdentityBench, HASH_KEY, KEYS, HOME, MINUTE_MS } from '../../../../test/support/identity-bench';
import { withUserAdmin } from '../admin/with-user-admin';
import { Departments, Sessions } from '../index';

describe('the administration of people', () => {
  let bench: IdentityBench;
  beforeAll(async () => {
    bench = await createIdentityBench();
  });
  afterAll(() => bench.close());
  // Sign-ins of one test are not to throttle those of the next.
  beforeEach(() => bench.rows('delete from sign_in_throttle'));

  describe('the separation of powers', () => {
    it('is kept by the service and by the table', async () => {
      const { id } = await bench.settled();
      for (const roles of [
        ['auditor', 'clerk'],
        ['systemAdministrator', 'securityAdministrator'],
      ] as const) {
        await expect(bench.users().setRoles(bench.by('granter'), id, roles)).rejects.toMatchObject({ code: 'roles-exclusive' });
        await expect(bench.rows('update user_account set roles = $2 where id = $1', [id, roles])).rejects.toThrow(
          'user_account_roles_apart_ck',
        );
      }
      await expect(bench.rows(`update user_account set roles = '{root}' where id = $1`, [id])).rejects.toThrow(
        'user_account_roles_known_ck',
      );
    });

    it('lets nobody act upon their own account', async () => {
      const { id, login } = await bench.settled(['securityAdministrator']);
      const own: TenantContext = { tenantId: bench.tenantIds[0], actor: { type: 'user', id, name: login } };
      const acts = [
        bench.users().setRoles(own, id, ['clerk']),
        bench.users().unlock(own, id),
        bench.users().resetPassword(own, id),
        bench.users().resetSecondFactor(own, id),
        bench.users().change(own, id, { state: 'disabled' }),
      ];
      for (const act of await Promise.allSettled(acts)) expect(act).toMatchObject({ reason: { code: 'own-account' } });
    });

    it('lets nobody take both proofs of another, nor the bare account of an administrator', async () => {
      const clerk = await bench.withTotp();
      await bench.users().resetPassword(bench.by('maker'), clerk.id);
      await expect(bench.users().resetSecondFactor(bench.by('maker'), clerk.id)).rejects.toMatchObject({ code: 'another-person-needed' });
      await bench.users().resetSecondFactor(bench.by('another'), clerk.id);
      await expect(bench.users().resetPassword(bench.by('another'), clerk.id)).rejects.toMatchObject({ code: 'another-person-needed' });
      const bare = await bench.settled(['securityAdministrator']);
      await expect(bench.users().resetPassword(bench.by('maker'), bare.id)).rejects.toMatchObject({ code: 'another-person-needed' });
    });

    it('begins at the command line, with one-time passwords, as the owner', async () => {
      const options = {
        ownerUrl: bench.database.ownerUrl,
        hashKey: HASH_KEY,
        ...KEYS,
        applicationName: 'spec-command',
        tenantName: 'second',
      };
      const actor = { type: 'operator' as const, id: 'os:root', name: 'root' };
      const created = await withUserAdmin({ ...options, actor }, async (admin, tenant) => {
        const first = await admin.create(tenant, { login: 'sysadmin.zhou', displayName: '周' }, ['systemAdministrator']);
        await expect(admin.create(tenant, { login: 'SYSADMIN.ZHOU', displayName: '周' }, [])).rejects.toMatchObject({
          code: 'login-taken',
        });
        await expect(admin.create(tenant, { login: 'both', displayName: 'x' }, ['auditor', 'clerk'])).rejects.toMatchObject({
          code: 'roles-exclusive',
        });
        return first;
      });
      // The command line uses the clock of the machine, ahead of or behind the test's.
      await bench.rows('update user_password set expires_at = $2, made_at = $3 where user_id = $1', [
        created.user.id,
        new Date(bench.clock.now().getTime() + MINUTE_MS),
        bench.clock.now(),
      ]);
      const session = await bench.recognise(await bench.signIn('sysadmin.zhou', created.oneTimePassword, HOME, 'second'));
      expect(session.session).toMatchObject({ mustChangePassword: true, mustEnrolSecondFactor: true });
      expect((await bench.auditOf(created.user.id))[0]).toMatchObject({
        action: 'user.create',
        actor_name: 'root',
        detail: { roles: 'systemAdministrator' },
      });
      await withUserAdmin({ ...options, actor }, async (admin, tenant) => {
        const again = await admin.resetPassword(tenant, created.user.id);
        expect(again.oneTimePassword).not.toBe(created.oneTimePassword);
      });
      await expect(withUserAdmin({ ...options, actor, tenantName: 'third' }, () => Promise.resolve())).rejects.toThrow(
        'no tenant called "third"',
      );
    });
  });

  describe('another tenant', () => {
    it('sees nobody and changes nobody here, not even by the tables', async () => {
      const { id, login } = await bench.withTotp();
      const theirs = bench.by('foreign', 1);
      expect((await bench.users().page(theirs, { limit: 200 })).map((user) => user.login)).not.toContain(login);
      const acts = [
        bench.users().get(theirs, id),
        bench.users().change(theirs, id, { displayName: 'x' }),
        bench.users().setRoles(theirs, id, ['clerk']),
        bench.users().unlock(theirs, id),
        bench.users().resetPassword(theirs, id),
        bench.users().resetSecondFactor(theirs, id),
      ];
      for (const act of await Promise.allSettled(acts)) expect(act).toMatchObject({ reason: { code: 'not-found' } });
      expect(await bench.get(Sessions).endAll(theirs, id)).toBe(0);
      for (const table of [
        'user_account',
        'user_password',
        'second_factor',
        'recovery_code',
        'user_session',
        'known_place',
        'department',
      ]) {
        const seen = await bench
          .get(UnitOfWork)
          .run(theirs, ({ manager }) => manager.query<{ tenant_id: string }[]>(`select tenant_id from ${table}`));
        expect(seen.filter(({ tenant_id: tenantId }) => tenantId !== bench.tenantIds[1])).toEqual([]);
      }
    });
  });

  describe('departments', () => {
    it('are a tree without circles, with one name once beside another, of one tenant', async () => {
      const departments = bench.get(Departments);
      const head = await departments.create(bench.by('maker'), { name: '总行', parentId: null });
      const branch = await departments.create(bench.by('maker'), { name: '分行', parentId: head.id });
      const counter = await departments.create(bench.by('maker'), { name: '柜台', parentId: branch.id });
      await expect(departments.change(bench.by('maker'), head.id, { parentId: counter.id })).rejects.toMatchObject({
        code: 'department-place',
      });
      await expect(departments.change(bench.by('maker'), head.id, { parentId: head.id })).rejects.toMatchObject({
        code: 'department-place',
      });
      await expect(departments.create(bench.by('maker'), { name: '总行', parentId: null })).rejects.toMatchObject({
        code: 'department-taken',
      });
      await departments.create(bench.by('maker'), { name: '总行', parentId: branch.id });
      await expect(departments.create(bench.by('foreign', 1), { name: '窃', parentId: head.id })).rejects.toMatchObject({
        code: 'department-place',
      });
      const { id } = await bench.settled();
      expect((await bench.users().change(bench.by('maker'), id, { departmentId: counter.id })).departmentId).toBe(counter.id);
      await expect(bench.users().change(bench.by('maker'), id, { departmentId: uuidv7() })).rejects.toMatchObject({
        code: 'department-place',
      });
      // Two that each look right close no circle together.
      const [a, b] = [
        await departments.create(bench.by('maker'), { name: 'a', parentId: null }),
        await departments.create(bench.by('maker'), { name: 'b', parentId: null }),
      ];
      const both = await Promise.allSettled([
        departments.change(bench.by('maker'), a.id, { parentId: b.id }),
        departments.change(bench.by('maker'), b.id, { parentId: a.id }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });
  });
});
