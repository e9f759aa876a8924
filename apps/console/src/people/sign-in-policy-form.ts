import { Role, SignInPolicyRequest, type SignInPolicyView } from '@app/contracts';
import { networksOf } from '../keys/networks';

/** What is demanded at the sign-in, as it stands in the form: of each role its networks, one a line; empty for anywhere. */
export interface SignInPolicyForm {
  readonly secondFactor: SignInPolicyView['secondFactor'];
  readonly networks: Readonly<Record<Role, string>>;
}

export function formOf({ secondFactor, networks }: SignInPolicyView): SignInPolicyForm {
  const of = (role: Role): string => networks.find((bound) => bound.role === role)?.networks.join('\n') ?? '';
  return { secondFactor, networks: Object.fromEntries(Role.options.map((role) => [role, of(role)])) as Record<Role, string> };
}

/** All that is to hold, on the version that was seen; null while nothing differs. Whether a text is a network the API says. */
export function policyOf(form: SignInPolicyForm, standing: SignInPolicyView): SignInPolicyRequest | null {
  const request = SignInPolicyRequest.safeParse({ version: standing.version, ...termsOf(form) });
  const isSame = JSON.stringify(termsOf(form)) === JSON.stringify(termsOf(formOf(standing)));
  return request.success && !isSame ? request.data : null;
}

function termsOf({ secondFactor, networks }: SignInPolicyForm): Pick<SignInPolicyRequest, 'secondFactor' | 'networks'> {
  const bound = Role.options.map((role) => ({ role, networks: networksOf(networks[role]) }));
  return { secondFactor, networks: bound.filter((one) => one.networks.length > 0) };
}
