/** What logins are compared by: `Zhang.San` and `ｚｈａｎｇ．ｓａｎ` are one. */
export function loginKey(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}
