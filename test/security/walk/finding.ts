/** Something that the walk asked and that was not answered as it must be. */
export interface Finding {
  route: string;
  caller: string;
  expected: string;
  got: string;
}

/** A finding in one line. */
export function told({ route, caller, expected, got }: Finding): string {
  return `${route} as ${caller}: expected ${expected}, got ${got}`;
}
