/** A page of a list whose newest entries come first: those before one that was seen. */
export interface AskedPage {
  readonly limit: number;
  readonly before?: string;
}

/** The same as parameters of the API. */
export function pageQuery({ limit, before }: AskedPage): string {
  return new URLSearchParams({ limit: String(limit), ...(before !== undefined && { before }) }).toString();
}
