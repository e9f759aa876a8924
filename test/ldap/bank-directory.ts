/** What everybody of the directory signs in with. */
export const PASSWORD = 'a directory password 7';
export const SERVICE = { dn: 'cn=piaoyan,dc=bank', password: 'the service knows this' };

interface Person {
  uid: string;
  cn: string;
  ou?: string;
  groups?: string[];
  extra?: string[];
}

const PEOPLE: Person[] = [
  { uid: 'li.si', cn: '李四', groups: ['bill-clerks', 'lunch'] },
  { uid: '张三', cn: '张三', groups: ['bill-reviewers'] },
  { uid: 'twin', cn: 'Twin One' },
  { uid: 'twin', cn: 'Twin Two', ou: 'branches' },
  { uid: 'wang.wu', cn: '王五' },
  { uid: 'zhao.liu', cn: '赵六', groups: ['bill-clerks'] },
  { uid: 'locked', cn: 'Locked', extra: ['pwdAccountLockedTime: 000001010000Z'] },
  { uid: 'both', cn: 'Both', groups: ['auditors', 'bill-clerks'] },
  { uid: 'taken', cn: 'Taken' },
];
const GROUPS = ['bill-clerks', 'bill-reviewers', 'auditors', 'lunch'];

const encoded = (text: string): string => Buffer.from(text).toString('base64');
export const dnOf = ({ uid, ou = 'people' }: Pick<Person, 'uid' | 'ou'>): string => `uid=${uid},ou=${ou},dc=bank`;

/** The bank's directory as LDIF; `elsewhere` is where its referral leads. */
export function bankDirectory(elsewhere: string): string {
  const entries = [
    ['dn: dc=bank', 'objectClass: dcObject', 'objectClass: organization', 'dc: bank', 'o: Bank'],
    ...['people', 'branches', 'groups'].map((ou) => [`dn: ou=${ou},dc=bank`, 'objectClass: organizationalUnit', `ou: ${ou}`]),
    [
      `dn: ${SERVICE.dn}`,
      ...['organizationalRole', 'simpleSecurityObject'].map((name) => `objectClass: ${name}`),
      `userPassword: ${SERVICE.password}`,
    ],
    [
      'dn: cn=policy,dc=bank',
      'objectClass: device',
      'objectClass: pwdPolicy',
      'cn: policy',
      'pwdAttribute: userPassword',
      'pwdLockout: TRUE',
    ],
    ...PEOPLE.map(personEntry),
    ...GROUPS.map((group) => [
      `dn: cn=${group},ou=groups,dc=bank`,
      ...['objectClass: groupOfNames', `cn: ${group}`],
      ...[
        'member: cn=nobody,dc=bank',
        ...PEOPLE.filter(({ groups }) => groups?.includes(group)).map((one) => `member:: ${encoded(dnOf(one))}`),
      ],
    ]),
    ['dn: ou=elsewhere,ou=people,dc=bank', 'objectClass: referral', 'objectClass: extensibleObject', 'ou: elsewhere', `ref: ${elsewhere}`],
  ];
  return entries.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function personEntry(person: Person): string[] {
  return [
    `dn:: ${encoded(dnOf(person))}`,
    ...[`objectClass: inetOrgPerson`, `uid:: ${encoded(person.uid)}`, `cn:: ${encoded(person.cn)}`, 'sn: x', `userPassword: ${PASSWORD}`],
    // Entries that are loaded do not pass the overlay that would write these.
    ...(person.groups ?? []).map((group) => `memberOf: cn=${group},ou=groups,dc=bank`),
    ...(person.extra ?? []),
  ];
}
