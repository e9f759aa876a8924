const PRINTED = /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))$/u;

/** YYYY-MM-DD of a printed day (2026-04-09, 2026年04月09日, 2026/4/9, 2026.04.09, 20260409); null when there is no such day. */
export function parseDay(folded: string): string | null {
  const match = PRINTED.exec(folded);
  if (!match) return null;
  const [year = '', month = '', day = ''] = match.slice(1).filter(Boolean);
  return realDay(Number(year), Number(month), Number(day));
}

function realDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

/** The day after a day, both YYYY-MM-DD. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
