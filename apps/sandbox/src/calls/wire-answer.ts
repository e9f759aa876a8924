/** How an answer goes over the wire. */
export type Manner =
  | { kind: 'whole' }
  /** The connection ends without a byte, at once or after a while. */
  | { kind: 'nothing'; afterMs: number }
  | { kind: 'cutHeaders' }
  | { kind: 'cutBody' }
  | { kind: 'drip'; everyMs: number; totalMs: number };

/** What goes back over the wire. */
export interface WireAnswer {
  httpStatus: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  manner: Manner;
}
