/** What the file chooser offers. Names only help a person choose: what a file is the server decides by its bytes. */
export const OFFERED_FILES = 'image/*,.pdf,.ofd,.xml,.zip';

/** Archives take another way, which makes a receipt of each document in them. */
export function isArchive({ name }: Pick<File, 'name'>): boolean {
  return /\.zip$/i.test(name);
}
