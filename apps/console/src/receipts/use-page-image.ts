import { useEffect, useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';
import type { Size } from './image-view';

/** The receipt's image. `unsupported`: it arrived, but this browser cannot show its format. */
export type PageImage =
  | { state: 'loading' }
  | { state: 'shown'; url: string; size: Size }
  | { state: 'unsupported'; url: string }
  | { state: 'failed'; failure: Failure };

/** Loads the image once: each look at it is an entry in the audit log. */
export function usePageImage(receiptId: string): PageImage {
  const api = useApi();
  const [image, setImage] = useState<PageImage>({ state: 'loading' });

  useEffect(() => {
    const watch: { isOver: boolean; url: string | null } = { isOver: false, url: null };
    const load = async (): Promise<void> => {
      const answer = await api.readImage(receiptId);
      if (watch.isOver) return;
      if (!answer.ok) {
        setImage({ state: 'failed', failure: answer.failure });
        return;
      }
      watch.url = URL.createObjectURL(answer.value);
      const size = await sizeOf(watch.url);
      setImage(size ? { state: 'shown', url: watch.url, size } : { state: 'unsupported', url: watch.url });
    };
    void load();
    return () => {
      watch.isOver = true;
      if (watch.url !== null) URL.revokeObjectURL(watch.url);
    };
  }, [api, receiptId]);

  return image;
}

/** Size of an image in pixels as the browser shows it (EXIF orientation applied), null when it cannot. */
function sizeOf(url: string): Promise<Size | null> {
  return new Promise((resolve) => {
    const picture = new Image();
    picture.addEventListener('load', () => resolve({ width: picture.naturalWidth, height: picture.naturalHeight }));
    picture.addEventListener('error', () => resolve(null));
    picture.src = url;
  });
}
