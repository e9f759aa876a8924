/** The readings to draw: those whose file names start as named, else `count` of them spread over the forms. */
export function chooseDrawn<T extends { expected: { file: string; form: string } }>(
  read: readonly T[],
  names: readonly string[],
  count: number,
): T[] {
  if (names.length > 0) return read.filter(({ expected }) => names.some((name) => expected.file.startsWith(name)));
  const forms = [...Map.groupBy(read, ({ expected }) => expected.form).values()];
  const longest = Math.max(0, ...forms.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, round) => forms.flatMap((form) => form[round] ?? [])).flat();
  return inTurn.slice(0, count);
}
