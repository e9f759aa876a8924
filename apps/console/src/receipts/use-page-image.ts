import { useEffect, useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';
import type { Size } from './image-view';
import { type Turn, turnedSize, turnPicture } from './turned-picture';

/** The receipt's image. `unsupported`: it arrived, but this browser cannot show its format. */
export type PageImage =
  | { state: 'loading' }
  | { state: 'shown'; url: string; size: Size }
  | { state: 'unsupported'; url: string }
  | { state: 'failed'; failure: Failure };

/** The bytes as they came from the api. */
type Loaded = { state: 'loading' } | { state: 'loaded'; bytes: Blob } | { state: 'failed'; failure: Failure };

/** The receipt's first page as it was read: upright. */
export function usePageImage(receiptId: string, turn: Turn): PageImage {
  return useUprightImage(useImageBytes(receiptId), turn);
}

/** Loads the image once: each look at it is an entry in the audit log. */
function useImageBytes(receiptId: string): Loaded {
  const api = useApi();
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });

  useEffect(() => {
    const watch = { isOver: false };
    void api.readImage(receiptId).then((answer) => {
      if (watch.isOver) return;
      setLoaded(answer.ok ? { state: 'loaded', bytes: answer.value } : { state: 'failed', failure: answer.failure });
    });
    return () => {
      watch.isOver = true;
    };
  }, [api, receiptId]);

  return loaded;
}

/** Shows the bytes, turned. The reading tells the turn later than the bytes arrive, so that one load may be shown twice. */
function useUprightImage(loaded: Loaded, turn: Turn): PageImage {
  const [image, setImage] = useState<PageImage>({ state: 'loading' });

  useEffect(() => {
    if (loaded.state !== 'loaded') {
      setImage(loaded);
      return;
    }
    const watch: { isOver: boolean; url: string | null } = { isOver: false, url: null };
    void upright(loaded.bytes, turn).then((shown) => {
      if (watch.isOver) return;
      watch.url = URL.createObjectURL(shown?.picture ?? loaded.bytes);
      setImage(shown ? { state: 'shown', url: watch.url, size: shown.size } : { state: 'unsupported', url: watch.url });
    });
    return () => {
      watch.isOver = true;
      if (watch.url !== null) URL.revokeObjectURL(watch.url);
    };
  }, [loaded, turn]);

  return image;
}

/** The picture upright, with its size in pixels; null when this browser cannot decode the format. EXIF orientation is applied. */
async function upright(bytes: Blob, turn: Turn): Promise<{ picture: Blob; size: Size } | null> {
  const decoded = await createImageBitmap(bytes, { imageOrientation: 'from-image' }).catch(() => null);
  if (!decoded) return null;
  const size = turnedSize(decoded, turn);
  const picture = turn === 0 ? bytes : await turnPicture(decoded, turn);
  decoded.close();
  return { picture, size };
}
