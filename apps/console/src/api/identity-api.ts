import {
  RecoveryCodes,
  SessionList,
  SessionView,
  SignInSourceList,
  TotpEnrolment,
  type CodeBody,
  type DirectorySignInBody,
  type PasswordChangeBody,
  type ReproofBody,
  type SignInBody,
} from '@app/contracts';
import { z } from 'zod';
import { json, type ApiCalls } from './api-calls';
import type { Answer } from './failure';

const SESSION = '/v1/session';
const Nothing = z.undefined();

/** A person's own session, and what they prove themselves with. */
export interface IdentityApi {
  openSession(body: SignInBody): Promise<Answer<SessionView>>;
  /** Where else than here people can sign in. */
  listSignInSources(): Promise<Answer<SignInSourceList>>;
  /** Signs in with a directory of the bank. */
  openWithDirectory(sourceId: string, body: DirectorySignInBody): Promise<Answer<SessionView>>;
  readSession(): Promise<Answer<SessionView>>;
  closeSession(): Promise<Answer<undefined>>;
  /** A code of the second factor, or a recovery code. */
  proveSecondFactor(body: CodeBody): Promise<Answer<SessionView>>;
  /** Proves again who one is. */
  confirmSession(body: ReproofBody): Promise<Answer<SessionView>>;
  changePassword(body: PasswordChangeBody): Promise<Answer<SessionView>>;
  enrolTotp(): Promise<Answer<TotpEnrolment>>;
  confirmTotp(body: CodeBody): Promise<Answer<RecoveryCodes>>;
  removeTotp(body: ReproofBody): Promise<Answer<undefined>>;
  renewRecoveryCodes(body: ReproofBody): Promise<Answer<RecoveryCodes>>;
  listSessions(): Promise<Answer<SessionList>>;
  endSession(id: string): Promise<Answer<undefined>>;
}

export function identityApi({ ask }: ApiCalls): IdentityApi {
  return {
    listSignInSources: () => ask(SignInSourceList, '/v1/sign-in/sources'),
    openWithDirectory: (sourceId, body) => ask(SessionView, `/v1/sign-in/ldap/${encodeURIComponent(sourceId)}`, json('POST', body)),
    openSession: (body) => ask(SessionView, SESSION, json('POST', body)),
    readSession: () => ask(SessionView, SESSION),
    closeSession: () => ask(Nothing, SESSION, { method: 'DELETE' }),
    proveSecondFactor: (body) => ask(SessionView, `${SESSION}/second-factor`, json('POST', body)),
    confirmSession: (body) => ask(SessionView, `${SESSION}/confirmation`, json('POST', body)),
    changePassword: (body) => ask(SessionView, `${SESSION}/password`, json('POST', body)),
    enrolTotp: () => ask(TotpEnrolment, `${SESSION}/totp`, { method: 'POST' }),
    confirmTotp: (body) => ask(RecoveryCodes, `${SESSION}/totp/confirmation`, json('POST', body)),
    removeTotp: (body) => ask(Nothing, `${SESSION}/totp/removal`, json('POST', body)),
    renewRecoveryCodes: (body) => ask(RecoveryCodes, `${SESSION}/recovery-codes`, json('POST', body)),
    listSessions: () => ask(SessionList, '/v1/sessions'),
    endSession: (id) => ask(Nothing, `/v1/sessions/${id}`, { method: 'DELETE' }),
  };
}
