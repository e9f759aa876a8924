import type {
  ColleagueList,
  DepartmentChangeRequest,
  DepartmentList,
  DepartmentRequest,
  DepartmentView,
  DirectorySignInBody,
  PasswordChangeBody,
  RecoveryCodes,
  ReproofBody,
  RolesRequest,
  SessionList,
  SessionView,
  SignInBody,
  SignInPolicyRequest,
  SignInPolicyView,
  SignInSourceList,
  TotpEnrolment,
  UserChangeRequest,
  UserPage,
  UserPasswordView,
  UserRequest,
  UserView,
} from '@app/contracts';

const USER_ID = '019ab1c2-8001-7b02-8c03-9d0405060708';
const SESSION_ID = '019ab1c2-8101-7b02-8c03-9d0405060708';
const DEPARTMENT_ID = '019ab1c2-8201-7b02-8c03-9d0405060708';

const signIn: SignInBody = { tenant: '某某银行', login: 'zhang.san', password: 'an example, not a password' };
const signInSources: SignInSourceList = {
  items: [
    { id: 'sso', kind: 'oidc', name: '统一身份认证' },
    { id: 'head-office', kind: 'ldap', name: '总行域账号' },
  ],
};
const directorySignIn: DirectorySignInBody = { login: 'zhang.san', password: 'an example, not a password' };
const code = { code: '492039' };
const reproof: ReproofBody = { password: 'an example, not a password', code: '492039' };
const passwordChange: PasswordChangeBody = { current: 'an example, not a password', next: 'another example, not a password' };

const session: SessionView = {
  id: SESSION_ID,
  secondFactorRequired: false,
  mustChangePassword: false,
  mustEnrolSecondFactor: false,
  hasSecondFactor: true,
  user: { id: USER_ID, login: 'zhang.san', displayName: '张三', roles: ['reviewer'] },
  scopes: ['ledger.read', 'receipt.read', 'receipt.review'],
  csrfToken: 'x1VZb3Jhbmdlcy1hcmUtbm90LWEtcmVhbC10b2tlbg0',
  openedAt: '2026-07-13T01:00:00.000Z',
  authenticatedAt: '2026-07-13T01:00:00.000Z',
  secondsLeft: 43_200,
  idleMinutes: 30,
  previousSignIn: { at: '2026-07-12T01:02:03.000Z', address: '10.20.0.31' },
  refusedSignIns: 1,
};
const waiting: SessionView = {
  ...session,
  secondFactorRequired: true,
  scopes: [],
  previousSignIn: null,
  refusedSignIns: 0,
  secondsLeft: 300,
};

const signInPolicyChange: SignInPolicyRequest = {
  version: 0,
  secondFactor: 'everybody',
  networks: [{ role: 'systemAdministrator', networks: ['10.20.8.0/24'] }],
};
const signInPolicy: SignInPolicyView = {
  ...signInPolicyChange,
  version: 1,
  changedAt: '2026-07-13T01:00:00.000Z',
  installation: { secondFactor: 'administrators' },
};

const sessions: SessionList = {
  items: [
    {
      id: SESSION_ID,
      isCurrent: true,
      secondFactorRequired: false,
      address: '10.20.0.31',
      openedAt: '2026-07-13T01:00:00.000Z',
      seenAt: '2026-07-13T01:12:00.000Z',
    },
  ],
};

const enrolment: TotpEnrolment = {
  uri: 'otpauth://totp/%E7%A5%A8%E9%AA%8C%20Piaoyan:zhang.san?issuer=%E7%A5%A8%E9%AA%8C%20Piaoyan&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
};
const recoveryCodes: RecoveryCodes = { recoveryCodes: ['a2b3c-d4e5f', 'g6h7j-k8m9n'] };

const user: UserView = {
  id: USER_ID,
  login: 'zhang.san',
  displayName: '张三',
  departmentId: DEPARTMENT_ID,
  state: 'active',
  lockedUntil: null,
  source: 'local',
  roles: ['reviewer'],
  mustChangePassword: false,
  createdAt: '2026-07-01T01:00:00.000Z',
  lastSignInAt: '2026-07-13T01:00:00.000Z',
};
const users: UserPage = { items: [user], next: null };
const colleagues: ColleagueList = { items: [{ id: USER_ID, login: 'zhang.san', displayName: '张三' }] };
const newUser: UserRequest = { login: 'zhang.san', displayName: '张三', departmentId: DEPARTMENT_ID };
const withPassword: UserPasswordView = {
  ...user,
  roles: [],
  mustChangePassword: true,
  lastSignInAt: null,
  oneTimePassword: 'examp-Lenot-areal-Passw',
};
const userChange: UserChangeRequest = { state: 'disabled' };
const roles: RolesRequest = { roles: ['reviewer'] };

const department: DepartmentView = { id: DEPARTMENT_ID, name: '运营部', parentId: null };
const departments: DepartmentList = { items: [department] };
const newDepartment: DepartmentRequest = { name: '运营部', parentId: null };
const departmentChange: DepartmentChangeRequest = { name: '运营管理部' };

/** Examples of the people's part of the OpenAPI document. */
export const IDENTITY_EXAMPLES = {
  signInSources,
  directorySignIn,
  ...{ signIn, code, reproof, passwordChange, session, waiting, sessions, enrolment, recoveryCodes },
  ...{ signInPolicy, signInPolicyChange },
  ...{ user, users, colleagues, newUser, withPassword, userChange, roles, department, departments, newDepartment, departmentChange },
};
