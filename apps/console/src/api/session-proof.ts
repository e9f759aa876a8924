import { SessionView } from '@app/contracts';
import { readAnswer } from './failure';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * A person's session. The browser sends its cookie by itself, also where another page asked it to; what changes something carries the
 * session's own token beside it, which is kept in memory only. The token becomes another one with the cookie, which another tab may have
 * got: then it is asked for anew.
 */
export class SessionProof {
  private token = '';

  /** `noteUse` is told of every answer that the API gave to the session. */
  constructor(readonly noteUse: () => void = () => undefined) {}

  /** Takes the token of the newest answer about the session. */
  take({ csrfToken }: Pick<SessionView, 'csrfToken'>): void {
    this.token = csrfToken;
  }

  readonly headers = (method: string): Readonly<Record<string, string>> =>
    SAFE_METHODS.has(method) || this.token === '' ? {} : { 'X-CSRF-Token': this.token };

  readonly renew = async (): Promise<boolean> => {
    try {
      const response = await fetch('/v1/session', { headers: { Accept: 'application/json' } });
      const answer = readAnswer(SessionView, response.status, await response.text());
      if (answer.ok) this.take(answer.value);
      return answer.ok;
    } catch {
      return false;
    }
  };
}
