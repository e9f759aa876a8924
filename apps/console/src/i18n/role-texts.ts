/** What roles are called. */
export const ROLE_TEXTS_ZH = {
  'role.systemAdministrator': '系统管理员',
  'role.securityAdministrator': '安全管理员',
  'role.auditor': '审计管理员',
  'role.clerk': '经办',
  'role.reviewer': '复核',
  'role.accountant': '会计',
  'role.integrator': '系统对接',
} as const;

export const ROLE_TEXTS_EN: Record<keyof typeof ROLE_TEXTS_ZH, string> = {
  'role.systemAdministrator': 'System administrator',
  'role.securityAdministrator': 'Security administrator',
  'role.auditor': 'Auditor',
  'role.clerk': 'Clerk',
  'role.reviewer': 'Reviewer',
  'role.accountant': 'Accountant',
  'role.integrator': 'Integrator',
};
