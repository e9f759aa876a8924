let published: Promise<ReadonlySet<string>> | null = null;

/**
 * The 49,233 commonest passwords of `@zxcvbn-ts/language-common` (MIT), in small letters. Some 10 MB, so they are loaded by the first
 * password that is compared with them, and never by a process that compares none.
 */
export async function publishedPasswords(): Promise<ReadonlySet<string>> {
  published ??= load();
  return published;
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common']);
}
