/** Why somebody was not let in. It stands in the audit; whoever knocks is told the same thing each time. */
export type Refusal =
  | 'unknown'
  | 'wrong'
  | 'wrongCode'
  | 'throttled'
  | 'disabled'
  | 'locked'
  | 'external'
  | 'expired'
  /** The person's roles may not be used from there. */
  | 'wrongAddress'
  | 'changedMeanwhile'
  | 'loginTaken'
  | 'rolesExclusive'
  /** Of a provider or directory: the browser did not begin this sign-in, or ended it before; the answer proves nobody. */
  | 'foreignFlow'
  | 'replayed'
  | 'notProven';

/** What was to be proved. */
export type ProvenAct = 'signIn' | 'secondFactor' | 'confirm' | 'password.change' | 'secondFactor.disable' | 'recoveryCodes.make';
