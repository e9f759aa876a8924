/** A Markdown table, line by line, with an empty line after it. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [...[header, header.map(() => '---'), ...rows].map(markdownRow), ''];
}

/** One row of it, for tables that grow while something runs. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** What was not measured is a dash, not a zero. */
export function fixed(value: number | undefined, digits: number): string {
  return value === undefined ? '–' : value.toFixed(digits);
}
