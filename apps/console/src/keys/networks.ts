/** The addresses and networks of a text, one a line or parted by commas. Whether they are such the API says. */
export function networksOf(text: string): string[] {
  return text
    .split(/[\n,，;；]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
