import type { ApprovedBy, DangerousAct } from '@app/approvals';
import { type ActChange, SignInPolicyRequest } from '@app/contracts';
import type { Tx } from '@app/database';
import type { SignInPolicies } from './sign-in-policies.service';

/** Demands less at the sign-in once two persons want it: it lets in whom it kept out. */
export class SignInPolicySetAct implements DangerousAct<SignInPolicyRequest> {
  readonly kind = 'signInPolicy.set' as const;
  readonly payload = SignInPolicyRequest;

  constructor(private readonly policies: SignInPolicies) {}

  /** @throws ProblemError as `SignInPolicies.change`, for who proposes */
  changes(tx: Tx, wish: SignInPolicyRequest): Promise<ActChange[]> {
    return this.policies.differences(tx, wish);
  }

  /** @throws ProblemError as `SignInPolicies.change`, for who approves */
  async perform(tx: Tx, wish: SignInPolicyRequest, { approvalId, proposedBy }: ApprovedBy): Promise<void> {
    await this.policies.changeIn(tx, wish, { approvalId, proposedBy });
  }
}
