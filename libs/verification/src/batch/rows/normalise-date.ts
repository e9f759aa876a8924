const FORMS = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
] as const;

/** A time of day behind a date, as exports write it. White space is gone already. */
const TIME = /(?<=^\d{4}[-/.]\d{2}[-/.]\d{2}|日)T?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/** A day that is written year first, as `YYYY-MM-DD`; null when it is none. The text is in half-width characters without white space. */
export function normaliseDate(text: string): string | null {
  const day = text.replace(TIME, '');
  for (const form of FORMS) {
    const [, year = '', month = '', date = ''] = form.exec(day) ?? [];
    if (year !== '') return real(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
  }
  return null;
}

function real(day: string): string | null {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day ? day : null;
}
