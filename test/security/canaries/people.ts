import type { CampaignProduct } from '../../faults/campaign/campaign-product';
import type { Canaries } from './canary';
import type { InsistentCaller } from './insistent-caller';

/** People whose one-time passwords, passwords and wrong guesses are canaries; they sign in, change their password, and mistype it. */
export async function peopleSignIn(product: CampaignProduct, caller: InsistentCaller, canaries: Canaries): Promise<number> {
  const roles = ['clerk', 'auditor'] as const;
  for (const role of roles) {
    const login = `person-${role}`;
    const made = await product.piaoyan(['user', 'create', '--tenant', '分行 1', '--login', login, '--role', role]);
    if (made.code !== 0) throw new Error(`no user was made: ${made.stderr}`);
    const current = canaries.keep('password', made.stdout.trim());
    const post = (path: string, body: object, headers: Record<string, string> = {}) =>
      fetchOnce(product, path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
    await caller.ask('/health/live');
    const opened = await post('/v1/session', { tenant: '分行 1', login, password: current });
    const cookies = opened.headers.getSetCookie().map((cookie) => cookie.split(';', 1).join(''));
    for (const cookie of cookies) {
      const value = cookie.slice(cookie.indexOf('=') + 1);
      if (value.length >= 16) canaries.keep('password', value);
    }
    const next = canaries.mintPlain('password', 20);
    await post('/v1/session/password', { current, next: `${next}aa1!` }, { cookie: cookies.join('; ') });
    await post('/v1/session', { tenant: '分行 1', login, password: canaries.mintPlain('password', 18) });
  }
  return roles.length;
}

function fetchOnce(product: CampaignProduct, path: string, init: RequestInit): Promise<Response> {
  return fetch(`${product.stack.urls.api}${path}`, init);
}
