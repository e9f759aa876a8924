import type { PasswordList } from './password-list';
import { readingsOf } from './password-readings';
import { publishedPasswords } from './published-passwords';

/** Passwords that others are known to use: the published list, and the installation's own where it has one. */
export class KnownPasswords {
  constructor(private readonly list: PasswordList | null = null) {}

  async holds(password: string): Promise<boolean> {
    const published = await publishedPasswords();
    return readingsOf(password).some((reading) => published.has(reading)) || (this.list?.has(password) ?? false);
  }
}
