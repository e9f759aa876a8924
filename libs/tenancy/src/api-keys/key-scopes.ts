import { BUSINESS_SCOPES, type Scope } from '@app/contracts';
import type { Authentication } from './api-keys.service';

const BUSINESS: ReadonlySet<Scope> = new Set(BUSINESS_SCOPES);

/**
 * The scopes among these that this maker may not give to a key through the API: never what only administrators have, and for a key that
 * makes keys what it does not hold itself. A person who may make keys grants rights by office (安全管理员), and holds none of them.
 */
export function scopesBeyond({ method, scopes: held }: Pick<Authentication, 'method' | 'scopes'>, wanted: readonly Scope[]): Scope[] {
  return wanted.filter((scope) => !BUSINESS.has(scope) || (method === 'apiKey' && !held.has(scope)));
}
