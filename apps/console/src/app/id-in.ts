const IDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** The id of a bill or a receipt in what somebody pasted: alone, or in the address of its page; null where there is none, or more than one. */
export function idIn(text: string): string | null {
  const [found, ...others] = text.match(IDS) ?? [];
  return found !== undefined && others.length === 0 ? found.toLowerCase() : null;
}
