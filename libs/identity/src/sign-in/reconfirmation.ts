import { ProblemError } from '@app/contracts';
import type { IdentityParts } from '../identity-parts';
import type { SecondFactors, SignedIn } from '../second-factor/second-factors.service';
import type { OpenedSession, Sessions } from '../sessions/sessions.service';
import type { UserStore } from '../users/user.store';
import type { CodeProof } from './code-proof';
import type { PasswordProof } from './password-proof';
import type { ProvenAct } from './refusal';

/** What a person who is signed in proves themselves with again. */
export interface Reproof {
  password?: string | undefined;
  code?: string | undefined;
  address: string;
}

/** Lets a person who is signed in prove again who they are, before what is dangerous. */
export class Reconfirmation {
  constructor(
    private readonly parts: IdentityParts,
    private readonly works: {
      users: UserStore;
      secondFactors: SecondFactors;
      sessions: Sessions;
      passwordProof: PasswordProof;
      codeProof: CodeProof;
    },
  ) {}

  /** Renews the session as freshly proved. @throws ProblemError proof-refused */
  async confirm(signedIn: SignedIn, reproof: Reproof): Promise<OpenedSession> {
    await this.prove(signedIn, reproof, 'confirm');
    return this.parts.unitOfWork.run(signedIn.tenant, async (tx) => {
      const renewed = await this.works.sessions.renew(tx, signedIn.session.sessionId);
      const { userId, sessionId } = signedIn.session;
      await this.parts.audit.append(tx, { action: 'session.confirm', targetType: 'user', targetId: userId, detail: { sessionId } });
      return renewed;
    });
  }

  /**
   * Proves everything that the person has: the password of a local user, and a code where there is a second factor. Nobody proves anything
   * with nothing: a person of another source without a second factor has to sign in again there. @throws ProblemError proof-refused
   */
  async prove({ tenant, session: { userId } }: SignedIn, { password, code, address }: Reproof, act: ProvenAct): Promise<void> {
    const { isLocal, hasSecondFactor } = await this.parts.unitOfWork.run(tenant, async (tx) => ({
      isLocal: (await this.works.users.lock(tx, userId)).source === 'local',
      hasSecondFactor: await this.works.secondFactors.isConfirmed(tx, userId),
    }));
    if (!isLocal && !hasSecondFactor) throw new ProblemError('proof-refused');
    if (isLocal) await this.provePassword({ tenant, userId, password: password ?? '', address, act, isComplete: !hasSecondFactor });
    if (!hasSecondFactor) return;
    const isRight = await this.works.codeProof.prove(
      tenant,
      { userId, code: code ?? '', address, act },
      { right: () => Promise.resolve(true) },
    );
    if (isRight === null) throw new ProblemError('proof-refused');
  }

  /** Proves the password alone, where it is to be changed. @throws ProblemError proof-refused */
  async provePassword(attempt: {
    tenant: SignedIn['tenant'];
    userId: string;
    password: string;
    address: string;
    act: ProvenAct;
    isComplete: boolean;
  }): Promise<void> {
    const { tenant, userId, password, address, act, isComplete } = attempt;
    const { tenantId, actor } = tenant;
    const proven = await this.works.passwordProof.attempt({ tenantId, login: actor.name, password, address, act });
    if (proven?.userId !== userId) throw new ProblemError('proof-refused');
    await this.parts.unitOfWork.run(tenant, async (tx) => {
      await this.works.passwordProof.accept(tx, await this.works.users.lock(tx, userId), proven, isComplete);
    });
  }
}
