import { SessionView, TotpEnrolment } from '@app/contracts';
import type { Stack } from '@app/devstack';
import { withUserAdmin } from '@app/identity';
import type { Role } from '@app/tenancy';
import { Secret, TOTP } from 'otpauth';
import { OPERATOR, TENANT } from '../../apps/demo/src/seed-tenant';
import { z } from 'zod';

/** Somebody who uses the console. `secret` is that of a second factor, where one is enrolled. */
export const Person = z.strictObject({ login: z.string(), password: z.string(), secret: z.string().nullable() });
export type Person = z.infer<typeof Person>;

/** Everybody of a look. */
export const People = z.strictObject({
  /** Holds every business role, with a one-time password. */
  worker: Person,
  /** An accountant, the second person. */
  colleague: Person,
  /** With a one-time password and no second factor yet. */
  system: Person,
  security: Person,
  auditor: Person,
});
export type People = z.infer<typeof People>;

/** The password of everybody but those with a one-time password. */
const PASSWORD = 'Kx7-tulip-garden';
const STEP_MS = 30_000;

/** Makes them as an operator does; some have been at the console before. */
export async function makePeople(stack: Stack): Promise<People> {
  const { hashKey, masterKey, database, urls } = stack;
  const access = { ownerUrl: database.ownerUrl, hashKey, masterKey, suite: 'standard', applicationName: 'piaoyan-look' } as const;
  const made = (login: string, displayName: string, roles: Role[]): Promise<Person> =>
    withUserAdmin({ ...access, tenantName: TENANT, actor: OPERATOR }, async (users, tenant) => {
      const { oneTimePassword } = await users.create(tenant, { login, displayName }, roles);
      return { login, password: oneTimePassword, secret: null };
    });
  return {
    worker: await made('worker', '李娜', ['clerk', 'reviewer', 'accountant']),
    colleague: await atHome(urls.api, await made('colleague', '陈静', ['accountant'])),
    system: await made('system', '周伟', ['systemAdministrator']),
    security: await enrolled(urls.api, await atHome(urls.api, await made('security', '吴敏', ['securityAdministrator']))),
    auditor: await enrolled(urls.api, await atHome(urls.api, await made('auditor', '郑丽', ['auditor']))),
  };
}

/** A code that was not used yet: the one of the next half minute counts already. */
export function nextCode({ secret }: Person): string {
  return codeOf(secret ?? '', Date.now() + STEP_MS);
}

/** The code of a secret, as an authenticator app shows it. */
export function codeOf(secret: string, timestamp = Date.now()): string {
  return new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, '')) }).generate({ timestamp });
}

/** A browser without a page. */
class Browser {
  private cookie = '';
  private csrf = '';

  constructor(private readonly url: string) {}

  async post(path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { cookie: this.cookie, 'x-csrf-token': this.csrf, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${await answer.text()}`);
    this.cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? this.cookie;
    const value: unknown = await answer.json();
    const session = SessionView.safeParse(value);
    if (session.success) this.csrf = session.data.csrfToken;
    return value;
  }
}

async function atHome(url: string, { login, password }: Person): Promise<Person> {
  const browser = new Browser(url);
  await browser.post('/v1/session', { login, password });
  await browser.post('/v1/session/password', { current: password, next: PASSWORD });
  return { login, password: PASSWORD, secret: null };
}

async function enrolled(url: string, { login, password }: Person): Promise<Person> {
  const browser = new Browser(url);
  await browser.post('/v1/session', { login, password });
  const { secret } = TotpEnrolment.parse(await browser.post('/v1/session/totp'));
  await browser.post('/v1/session/totp/confirmation', { code: codeOf(secret) });
  return { login, password, secret };
}
