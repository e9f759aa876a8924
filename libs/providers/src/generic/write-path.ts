/** Puts a value at a dotted path, making the objects and lists on the way; a number leads into a list. */
export function writePath(root: Record<string, unknown>, path: string, value: unknown): void {
  const steps = path.split('.');
  const last = steps.pop() ?? path;
  let place = root;
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1] ?? last;
    place = (place[step] ??= /^\d+$/.test(next) ? [] : {}) as Record<string, unknown>;
  }
  place[last] = value;
}
