import type { Outcome, ProviderFace, ProviderId } from '@app/contracts';
import type { AskedBill } from '../calls/asked-bill';

/** A request as the HTTP layer hands it on. */
export interface IncomingCall {
  method: string;
  query: string;
  contentType: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
}

/** A request in a provider's dialect: the bill it asks for, or the code with which it is turned away. */
export type ReadCall = { asked: AskedBill } | { refusedWith: Refusal };

/** Code and text of a refusal that the code table does not hold. */
export interface Refusal {
  code: string;
  message?: string;
}

/** What a reply says. */
export interface Verdict {
  code: string;
  message?: string | undefined;
  charged: boolean;
  face: ProviderFace | null;
  taskNumber: string;
}

/** The provider's side of one dialect. */
export interface SandboxDialect {
  readonly provider: ProviderId;
  readonly path: string;
  readonly methods: readonly string[];
  /** Name of the field that holds the code, wherever it stands in the reply. */
  readonly codeField: string;
  /** Whether replies say if the call is billed. */
  readonly hasChargeFlag: boolean;
  /** @throws FormError */
  read(call: IncomingCall, now: Date): ReadCall;
  write(verdict: Verdict): Buffer;
  codeOf(outcome: Outcome): string;
  /** Whether the provider bills a reply with this code. */
  isCharged(code: string): boolean;
  /** The outcome when the day's look-ups of a bill are used up. */
  limitOutcome(failed: number): Outcome;
}
