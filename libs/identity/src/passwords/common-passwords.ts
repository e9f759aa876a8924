/**
 * Words and rows of keys that passwords are made of again and again, drawn from what published lists of leaked passwords have in common,
 * in English and in Chinese. A password counts as common when this is all that is left of it, see `isCommonPassword`.
 */
const CORES = new Set(
  `password passwort passwd pass word admin administrator root system sysadmin manager master operator test tester guest user login demo
  welcome letmein changeme default secret private access qwerty qwertyuiop qwert asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qazwsx qazwsxedc
  wsxedc edcrfv qweasd qweasdzxc asdzxc qwerasdf abc abcd abcde abcdef abcdefg abcabc aaa aaaa aaaaa aaaaaa monkey dragon sunshine princess
  football baseball basketball superman batman iloveyou loveyou lovely love trustno shadow michael jordan jennifer hunter ashley bailey
  charlie donald freedom whatever starwars computer internet google samsung iphone huawei xiaomi alibaba taobao tencent baidu wechat weixin
  woaini woaiwojia woaizhongguo wodemima mima mimamima zhongguo china beijing shanghai guangzhou shenzhen hello helloworld nihao
  nihaoma zhanghao guanli guanliyuan guanlizhe ceshi yonghu denglu xitong bank banker banking yinhang caiwu kuaiji shenji piaoyan piaoju
  caizheng fapiao chayan finance accountant account auditor audit security server database oracle mysql postgres postgresql redis cisco
  tomcat weblogic jboss huaweicloud inspur kylin uos winter spring summer autumn january february march april may june july august
  september october november december monday tuesday wednesday thursday friday saturday sunday company office happy lucky money
  flower cookie cheese pokemon naruto matrix ninja killer pepper ginger summer purple orange yellow silver golden diamond angel
  daniel thomas robert matthew joshua andrew anthony jessica michelle amanda nicole zhangsan lisi wangwu zhaoliu laoshi xuexi shengri
  woshishui aini baobei laopo laogong xiaoming xingfu kuaile fuck fuckyou shit nicai buzhidao suibian suiyi`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** The letters that digits and signs stand for to get past a rule. */
export const LOOKALIKES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

const ROWS = [
  '01234567890',
  '09876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb',
  '1q2w3e4r5t6y7u8i9o0p',
];

/**
 * Whether a password is a word everybody knows, whatever is hung on it or written with look-alikes (`P@ssw0rd2026!`), a row of keys, or
 * few characters again and again.
 */
export function isCommonPassword(password: string): boolean {
  const plain = password.normalize('NFKC').toLowerCase();
  const letters = plain.replace(/[^a-z]/g, '');
  const readAloud = Array.from(plain.replace(/^[^a-z@$]+|[\d\W_]+$/g, ''), (character) => LOOKALIKES[character] ?? character).join('');
  const candidates = [letters, readAloud.replace(/[^a-z]/g, '')];
  return candidates.some(isMadeOfCores) || new Set(plain).size < 5 || isRowOfKeys(plain);
}

/** `adminadmin` and `piaoyanadmin` are no better than `admin`. */
function isMadeOfCores(letters: string): boolean {
  if (letters === '' || letters.length > 64) return false;
  // reachable[n]: the first n letters are made of known words.
  const reachable = [true, ...Array.from(letters, () => false)];
  for (let end = 1; end <= letters.length; end += 1) {
    for (let start = Math.max(0, end - 16); start < end; start += 1) {
      if (reachable[start] && CORES.has(letters.slice(start, end))) reachable[end] = true;
    }
  }
  return reachable[letters.length] === true;
}

/** Whether more than half of a password lies in one row of keys or count, such as `1qaz2wsx!Q`. */
function isRowOfKeys(plain: string): boolean {
  const half = Math.ceil(plain.length / 2);
  if (half < 5) return false;
  for (let start = 0; start + half <= plain.length; start += 1) {
    if (ROWS.some((row) => row.includes(plain.slice(start, start + half)))) return true;
  }
  return false;
}
