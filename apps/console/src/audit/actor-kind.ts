import { Role, ROLE_NAMES } from '@app/contracts';
import type { I18n } from '../i18n/i18n-context';

const TYPES = ['user', 'apiKey', 'client', 'operator', 'worker'] as const;

/** What sort of actor it was and which roles it held, in words; what has none stands as it was written. */
export function actorKind(
  actor: { readonly type: string; readonly roles: readonly string[] | null },
  { t, say }: Pick<I18n, 't' | 'say'>,
): string {
  const type = TYPES.find((known) => known === actor.type);
  const roles = (actor.roles ?? []).map((name) => {
    const role = Role.safeParse(name);
    return role.success ? say(ROLE_NAMES[role.data]) : name;
  });
  return [type === undefined ? actor.type : t(`audit.actor.${type}`), ...roles].join(' · ');
}
