/** What stands around every page: the header, the appearance, failures and quotas. */
export const SHELL_TEXTS_ZH = {
  'app.subtitle': '财政票据识别与查验',
  'nav.label': '主导航',
  'nav.receipts': '票据识别',
  'nav.manual': '手工录入',
  'header.language': '界面语言',
  'header.theme': '外观',
  'header.signOut': '退出',
  'person.called': '{name}（{login}）',
  'theme.system': '跟随系统',
  'theme.light': '浅色',
  'theme.dark': '深色',

  'signIn.submit': '登录',
  'signIn.promise': '票据图像始终留在行内；查验时只发出五个要素。',

  'failure.unreachable': '无法连接服务器，请检查网络后重试。',
  'failure.unexpected': '服务器的应答无法识别（HTTP {status}），请联系运维人员。',
  'failure.id': '编号 {id}',
  'failure.againAt': '{time} 起可重试',
  'failure.retry': '重试',

  'quota.near': '{name}已用 {used}，上限 {limit}',
  'quota.full': '{name}已用完：{used}，上限 {limit}',
  'quota.freeAt': '{time} 起可继续',
} as const;

export const SHELL_TEXTS_EN: Record<keyof typeof SHELL_TEXTS_ZH, string> = {
  'app.subtitle': 'Fiscal bill reading and verification',
  'nav.label': 'Main navigation',
  'nav.receipts': 'Receipts',
  'nav.manual': 'Manual entry',
  'header.language': 'Language',
  'header.theme': 'Appearance',
  'header.signOut': 'Sign out',
  'person.called': '{name} ({login})',
  'theme.system': 'Follow system',
  'theme.light': 'Light',
  'theme.dark': 'Dark',

  'signIn.submit': 'Sign in',
  'signIn.promise': 'Receipt images never leave the bank; a verification sends five elements and nothing else.',

  'failure.unreachable': 'The server cannot be reached. Check the network and try again.',
  'failure.unexpected': 'The server gave an answer that cannot be understood (HTTP {status}). Tell your operator.',
  'failure.id': 'Id {id}',
  'failure.againAt': 'It may be tried again from {time}',
  'failure.retry': 'Try again',

  'quota.near': '{name}: {used} of {limit} are used',
  'quota.full': '{name}: used up, {used} of {limit}',
  'quota.freeAt': 'Free again {time}',
};
