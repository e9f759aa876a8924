import type { DownloadedFile } from './api-calls';

/** Lets the browser save a file: a link alone could not say why it fails. */
export function saveFile({ blob, fileName }: DownloadedFile): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  // The browser has taken hold of the content once the click was handled.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
