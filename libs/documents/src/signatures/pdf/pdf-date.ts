const PDF_DATE = /^(?:D:)?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:([+\-Z])(?:(\d{2})'?(?:(\d{2})'?)?)?)?$/u;

/** A date as PDF writes it (ISO 32000-1, 7.9.4), in UTC where it names no zone; what follows a zero character is not read. Null where it is none. */
export function readPdfDate(text: string): Date | null {
  const found = PDF_DATE.exec(text.split('\0', 1)[0]?.trim() ?? '');
  if (!found) return null;
  const [year, month, day, hour, minute, second] = [
    found[1],
    found[2] ?? '01',
    found[3] ?? '01',
    found[4] ?? '00',
    found[5] ?? '00',
    found[6] ?? '00',
  ];
  const zone = found[7] === '+' || found[7] === '-' ? `${found[7]}${found[8] ?? '00'}:${found[9] ?? '00'}` : 'Z';
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(date.getTime()) ? null : date;
}
