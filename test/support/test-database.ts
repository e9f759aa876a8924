/** A database of its own, cut from the migrated template, with a URL for each role. */
export interface TestDatabase {
  ownerUrl: string;
  apiUrl: string;
  workerUrl: string;
  drop(): Promise<void>;
}
