import { ColleagueQuery, type ProblemCode, UserQuery } from '@app/contracts';
import { proposed } from './approval-paths';
import { IDENTITY_EXAMPLES as EXAMPLES } from './identity-examples';
import { schemaRef, type SchemaName } from './json-schemas';
import { ID } from './parameters';
import { queryParameters } from './query-parameters';
import { json, problems } from './responses';

const BODY_PROBLEMS = ['invalid-request', 'invalid-field'] as const;
const body = (name: SchemaName, example: unknown): object => ({
  required: true,
  content: { 'application/json': { schema: schemaRef(name), examples: { first: { value: example } } } },
});

/** A route about a person's own session: a program has none. */
const own = (operationId: string, summary: string, rest: object): object => ({
  tags: ['session'],
  operationId,
  summary,
  security: [{ session: [] }],
  ...rest,
});
const ownProblems = (...codes: ProblemCode[]): object => problems(...codes, 'csrf-refused', 'session-restricted');
const about =
  (tag: string) =>
  (operationId: string, summary: string, rest: object): object => ({ tags: [tag], operationId, summary, ...rest });
const user = about('users');
const department = about('departments');

/** People: signing in, users and departments. What is fixed stands before `{id}`. */
export function identityPaths(): object {
  return {
    ...sessionPaths(),
    ...signInPaths(),
    ...ownProofPaths(),
    ...userPaths(),
    ...userProofPaths(),
    ...departmentPaths(),
    ...policyPaths(),
  };
}

function sessionPaths(): object {
  return {
    '/v1/session': {
      post: {
        ...own('signIn', 'Sign in; the session is in the cookie of the answer', {
          requestBody: body('SignInBody', EXAMPLES.signIn),
          responses: {
            200: json('Signed in, or still to prove a second factor (`secondFactorRequired`)', 'SessionView', EXAMPLES.session),
            ...problems(...BODY_PROBLEMS, 'sign-in-refused', 'csrf-refused'),
          },
        }),
        security: [],
      },
      get: own('getSession', 'Who is signed in, and what must be done first', {
        responses: { 200: json('The session', 'SessionView', EXAMPLES.session), ...problems() },
      }),
      delete: own('signOut', 'Sign out', { responses: { 204: { description: 'Signed out' }, ...problems('csrf-refused') } }),
    },
    '/v1/session/second-factor': {
      post: own('proveSecondFactor', 'Give the code that the sign-in waits for; the session gets a new token', {
        requestBody: body('CodeBody', EXAMPLES.code),
        responses: {
          200: json('Signed in', 'SessionView', EXAMPLES.session),
          ...problems(...BODY_PROBLEMS, 'proof-refused', 'csrf-refused'),
        },
      }),
    },
    '/v1/session/confirmation': {
      post: own('confirmSession', 'Prove again who one is, before what is dangerous; it counts for five minutes', {
        requestBody: body('ReproofBody', EXAMPLES.reproof),
        responses: {
          200: json('Freshly proved, under a new token', 'SessionView', EXAMPLES.session),
          ...problems(...BODY_PROBLEMS, 'proof-refused', 'csrf-refused'),
        },
      }),
    },
    '/v1/sessions': {
      get: own('listSessions', 'One’s own sessions, the newest first', {
        responses: { 200: json('All of them', 'SessionList', EXAMPLES.sessions), ...problems('session-restricted') },
      }),
      delete: own('signOutEverywhere', 'End all of one’s own sessions', {
        responses: { 204: { description: 'Ended, this one too' }, ...ownProblems() },
      }),
    },
    '/v1/sessions/{id}': {
      delete: own('endSession', 'End one of one’s own sessions', {
        parameters: [ID],
        responses: { 204: { description: 'Ended' }, ...ownProblems('not-found') },
      }),
    },
  };
}

const SOURCE = { name: 'id', in: 'path', required: true, description: 'Of a source', schema: { type: 'string' } };

/** Signing in elsewhere: nobody is known yet. */
function signInPaths(): object {
  const open = (operationId: string, summary: string, rest: object): object => ({ ...own(operationId, summary, rest), security: [] });
  return {
    '/v1/sign-in/sources': {
      get: open('listSignInSources', 'Where else than here people can sign in', {
        responses: { 200: json('All of them', 'SignInSourceList', EXAMPLES.signInSources), ...problems() },
      }),
    },
    '/v1/sign-in/oidc/{id}': {
      get: open('beginOidcSignIn', 'Send the browser to a provider', {
        parameters: [
          SOURCE,
          {
            name: 'return',
            in: 'query',
            description: 'Path of this site to go to afterwards; anything else is `/`',
            schema: { type: 'string', maxLength: 2_000 },
          },
        ],
        responses: { 302: { description: 'To the provider' }, ...problems('not-found', 'invalid-field', 'sign-in-source-unavailable') },
      }),
    },
    '/v1/sign-in/oidc/{id}/callback': {
      get: open('finishOidcSignIn', 'Where the provider sends the browser back to; the session is in the cookie of the answer', {
        parameters: [SOURCE],
        responses: {
          303: { description: 'Signed in, or still to prove a second factor; on to the path that was wished' },
          ...problems('not-found', 'sign-in-refused', 'sign-in-source-unavailable'),
        },
      }),
    },
    '/v1/sign-in/ldap/{id}': {
      post: open('signInWithDirectory', 'Sign in with a directory; the session is in the cookie of the answer', {
        parameters: [SOURCE],
        requestBody: body('DirectorySignInBody', EXAMPLES.directorySignIn),
        responses: {
          200: json('Signed in, or still to prove a second factor (`secondFactorRequired`)', 'SessionView', EXAMPLES.session),
          ...problems(...BODY_PROBLEMS, 'not-found', 'sign-in-refused', 'csrf-refused', 'sign-in-source-unavailable'),
        },
      }),
    },
  };
}

function ownProofPaths(): object {
  return {
    '/v1/session/password': {
      post: own('changePassword', 'Change one’s own password; all other sessions end, this one gets a new token', {
        requestBody: body('PasswordChangeBody', EXAMPLES.passwordChange),
        responses: {
          200: json('Changed', 'SessionView', EXAMPLES.session),
          ...problems(...BODY_PROBLEMS, 'proof-refused', 'password-unacceptable', 'user-external', 'csrf-refused'),
        },
      }),
    },
    '/v1/session/totp': {
      post: own('enrolTotp', 'Make a secret for an authenticator app, shown this once', {
        responses: {
          201: json('To be confirmed with a first code', 'TotpEnrolment', EXAMPLES.enrolment),
          ...problems('second-factor-enrolled', 'recent-proof-needed', 'csrf-refused'),
        },
      }),
    },
    '/v1/session/totp/confirmation': {
      post: own('confirmTotp', 'Let the secret count; ten recovery codes are shown this once', {
        requestBody: body('CodeBody', EXAMPLES.code),
        responses: {
          200: json('It counts from now on', 'RecoveryCodes', EXAMPLES.recoveryCodes),
          ...problems(...BODY_PROBLEMS, 'proof-refused', 'second-factor-enrolled', 'second-factor-missing', 'csrf-refused'),
        },
      }),
    },
    '/v1/session/totp/removal': {
      post: own('removeTotp', 'Give up one’s second factor, with password and code', {
        requestBody: body('ReproofBody', EXAMPLES.reproof),
        responses: { 204: { description: 'Removed' }, ...ownProblems(...BODY_PROBLEMS, 'proof-refused', 'second-factor-missing') },
      }),
    },
    '/v1/session/recovery-codes': {
      post: own('renewRecoveryCodes', 'Make new recovery codes; the old ones end', {
        requestBody: body('ReproofBody', EXAMPLES.reproof),
        responses: {
          200: json('Shown this once', 'RecoveryCodes', EXAMPLES.recoveryCodes),
          ...ownProblems(...BODY_PROBLEMS, 'proof-refused', 'second-factor-missing'),
        },
      }),
    },
  };
}

function userPaths(): object {
  return {
    '/v1/users': {
      get: user('listUsers', 'Users, by login', {
        parameters: queryParameters(UserQuery),
        responses: { 200: json('One page', 'UserPage', EXAMPLES.users), ...problems('invalid-field') },
      }),
      post: user('createUser', 'Make a user without a role; the one-time password is shown this once', {
        requestBody: body('UserRequest', EXAMPLES.newUser),
        responses: {
          201: json('The user and the one-time password', 'UserPasswordView', EXAMPLES.withPassword),
          ...problems(...BODY_PROBLEMS, 'login-taken', 'department-place'),
        },
      }),
    },
    '/v1/colleagues': {
      get: own('listColleagues', 'What people are called, of ids that other answers name', {
        parameters: queryParameters(ColleagueQuery).map((parameter) => ({ ...parameter, example: EXAMPLES.user.id })),
        responses: {
          200: json('Those that are users', 'ColleagueList', EXAMPLES.colleagues),
          ...problems('invalid-field', 'session-restricted'),
        },
      }),
    },
    '/v1/users/{id}': {
      get: user('getUser', 'A user', {
        parameters: [ID],
        responses: { 200: json('The user', 'UserView', EXAMPLES.user), ...problems('not-found') },
      }),
      patch: user('changeUser', 'Change a user, disable one or enable one again; users are never deleted', {
        parameters: [ID],
        requestBody: body('UserChangeRequest', EXAMPLES.userChange),
        responses: {
          200: json('The user as it is now', 'UserView', EXAMPLES.user),
          ...problems(...BODY_PROBLEMS, 'not-found', 'own-account', 'department-place'),
        },
      }),
    },
    '/v1/users/{id}/roles': {
      put: user('setUserRoles', 'Give a user these roles and no others; they count from the next request on', {
        parameters: [ID],
        requestBody: body('RolesRequest', EXAMPLES.roles),
        responses: {
          200: json('The user as it is now', 'UserView', EXAMPLES.user),
          ...problems(...BODY_PROBLEMS, 'not-found', 'own-account', 'roles-exclusive'),
        },
      }),
    },
  };
}

function userProofPaths(): object {
  return {
    '/v1/users/{id}/unlock': {
      post: user('unlockUser', 'Forget a user’s wrong guesses', {
        parameters: [ID],
        responses: { 200: json('The user as it is now', 'UserView', EXAMPLES.user), ...problems('not-found', 'own-account') },
      }),
    },
    '/v1/users/{id}/password-reset': {
      post: user('resetUserPassword', 'Give a user a one-time password, shown this once, and end all sessions', {
        parameters: [ID],
        responses: {
          200: json('The user and the one-time password', 'UserPasswordView', EXAMPLES.withPassword),
          ...problems('not-found', 'own-account', 'another-person-needed', 'user-external'),
        },
      }),
    },
    '/v1/users/{id}/totp-reset': {
      post: user('resetUserTotp', 'Take a lost second factor away, and end all sessions', {
        parameters: [ID],
        responses: {
          200: json('The user', 'UserView', EXAMPLES.user),
          ...problems('not-found', 'own-account', 'another-person-needed', 'second-factor-missing'),
        },
      }),
    },
    '/v1/users/{id}/sessions': {
      delete: user('endUserSessions', 'End all sessions of a user', {
        parameters: [ID],
        responses: { 200: json('So many ended', 'SessionsEnded', { ended: 2 }), ...problems('not-found') },
      }),
    },
  };
}

function policyPaths(): object {
  const policy = about('users');
  return {
    '/v1/sign-in-policy': {
      get: policy('getSignInPolicy', 'What the tenant demands of its people beyond the installation', {
        responses: { 200: json('The rules as they are now', 'SignInPolicyView', EXAMPLES.signInPolicy), ...problems() },
      }),
      put: policy(
        'setSignInPolicy',
        'Demand a second factor of everybody, and bind roles to networks; counts at everybody’s next request. Demanding less takes a second person',
        {
          requestBody: body('SignInPolicyRequest', EXAMPLES.signInPolicyChange),
          responses: {
            200: json('The rules as they are now', 'SignInPolicyView', EXAMPLES.signInPolicy),
            202: proposed(),
            ...problems(...BODY_PROBLEMS, 'sign-in-policy-stale', 'sign-in-policy-own-address'),
          },
        },
      ),
    },
  };
}

function departmentPaths(): object {
  return {
    '/v1/departments': {
      get: department('listDepartments', 'Departments, by name', {
        responses: { 200: json('All of them', 'DepartmentList', EXAMPLES.departments), ...problems() },
      }),
      post: department('createDepartment', 'Add a department', {
        requestBody: body('DepartmentRequest', EXAMPLES.newDepartment),
        responses: {
          201: json('The department', 'DepartmentView', EXAMPLES.department),
          ...problems(...BODY_PROBLEMS, 'department-taken', 'department-place'),
        },
      }),
    },
    '/v1/departments/{id}': {
      patch: department('changeDepartment', 'Rename or move a department', {
        parameters: [ID],
        requestBody: body('DepartmentChangeRequest', EXAMPLES.departmentChange),
        responses: {
          200: json('The department as it is now', 'DepartmentView', EXAMPLES.department),
          ...problems(...BODY_PROBLEMS, 'not-found', 'department-taken', 'department-place'),
        },
      }),
    },
  };
}
