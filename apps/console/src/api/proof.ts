/** How the console proves to the API who uses it. */
export interface Proof {
  /** What a request of this method carries. */
  readonly headers: (method: string) => Readonly<Record<string, string>>;
  /** Gets a newer proof where the API calls this one outdated; false where there is none. */
  readonly renew: () => Promise<boolean>;
}

/** An API key, which is the same for ever. */
export function keyProof(key: string): Proof {
  return { headers: () => ({ Authorization: `Bearer ${key}` }), renew: () => Promise.resolve(false) };
}
