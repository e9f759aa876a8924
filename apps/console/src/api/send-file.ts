/** Uploads one file as a form, telling the fraction sent so far. Resolves to null when no answer came. */
export function sendFile(upload: {
  path: string;
  headers: Readonly<Record<string, string>>;
  file: File;
  onProgress: (fraction: number) => void;
}): Promise<{ status: number; body: string; retryAfter: string | null } | null> {
  // fetch cannot tell how much of a body was sent; XMLHttpRequest can.
  const request = new XMLHttpRequest();
  return new Promise((resolve) => {
    request.upload.addEventListener('progress', ({ loaded, total }) => upload.onProgress(total === 0 ? 0 : loaded / total));
    request.addEventListener('load', () =>
      resolve({ status: request.status, body: request.responseText, retryAfter: request.getResponseHeader('retry-after') }),
    );
    for (const lost of ['error', 'abort', 'timeout']) request.addEventListener(lost, () => resolve(null));
    request.open('POST', upload.path);
    for (const [name, value] of Object.entries({ Accept: 'application/json', ...upload.headers })) request.setRequestHeader(name, value);
    const form = new FormData();
    form.append('file', upload.file, upload.file.name);
    request.send(form);
  });
}
