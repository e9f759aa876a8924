import {
  ColleagueList,
  DepartmentList,
  DepartmentView,
  SessionsEnded,
  SignInPolicyOutcome,
  SignInPolicyView,
  UserPage,
  UserPasswordView,
  UserView,
  type DepartmentRequest,
  type Role,
  type SignInPolicyRequest,
  type UserChangeRequest,
  type UserRequest,
} from '@app/contracts';
import { json, type ApiCalls } from './api-calls';
import type { Answer } from './failure';

const USERS = '/v1/users';

/** The people of a tenant and its departments. */
export interface PeopleApi {
  listUsers(page: { limit: number; after?: string }): Promise<Answer<UserPage>>;
  /** What people are called: those of these ids, at most fifty, that are users. Everybody who is signed in may ask. */
  nameColleagues(ids: readonly string[]): Promise<Answer<ColleagueList>>;
  createUser(user: UserRequest): Promise<Answer<UserPasswordView>>;
  changeUser(id: string, change: UserChangeRequest): Promise<Answer<UserView>>;
  setRoles(id: string, roles: Role[]): Promise<Answer<UserView>>;
  unlockUser(id: string): Promise<Answer<UserView>>;
  resetPassword(id: string): Promise<Answer<UserPasswordView>>;
  resetTotp(id: string): Promise<Answer<UserView>>;
  endSessionsOf(id: string): Promise<Answer<SessionsEnded>>;
  listDepartments(): Promise<Answer<DepartmentList>>;
  createDepartment(department: DepartmentRequest): Promise<Answer<DepartmentView>>;
  /** What is demanded of people at the sign-in. */
  readSignInPolicy(): Promise<Answer<SignInPolicyView>>;
  /** Demanding less is proposed: a second person must approve it. */
  changeSignInPolicy(policy: SignInPolicyRequest): Promise<Answer<SignInPolicyOutcome>>;
}

export function peopleApi({ ask }: ApiCalls): PeopleApi {
  return {
    listUsers: ({ limit, after }) =>
      ask(UserPage, `${USERS}?limit=${limit}${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`),
    nameColleagues: (ids) => ask(ColleagueList, `/v1/colleagues?ids=${ids.join(',')}`),
    createUser: (user) => ask(UserPasswordView, USERS, json('POST', user)),
    changeUser: (id, change) => ask(UserView, `${USERS}/${id}`, json('PATCH', change)),
    setRoles: (id, roles) => ask(UserView, `${USERS}/${id}/roles`, json('PUT', { roles })),
    unlockUser: (id) => ask(UserView, `${USERS}/${id}/unlock`, { method: 'POST' }),
    resetPassword: (id) => ask(UserPasswordView, `${USERS}/${id}/password-reset`, { method: 'POST' }),
    resetTotp: (id) => ask(UserView, `${USERS}/${id}/totp-reset`, { method: 'POST' }),
    endSessionsOf: (id) => ask(SessionsEnded, `${USERS}/${id}/sessions`, { method: 'DELETE' }),
    listDepartments: () => ask(DepartmentList, '/v1/departments'),
    createDepartment: (department) => ask(DepartmentView, '/v1/departments', json('POST', department)),
    readSignInPolicy: () => ask(SignInPolicyView, '/v1/sign-in-policy'),
    changeSignInPolicy: (policy) => ask(SignInPolicyOutcome, '/v1/sign-in-policy', json('PUT', policy)),
  };
}
