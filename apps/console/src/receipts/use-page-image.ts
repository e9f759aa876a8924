import type { ReceiptView } from '@app/contracts';
import { useEffect, useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';
import { imageSourceOf, type ImageSource } from './image-source';
import type { Size } from './image-view';
import { pictureSize } from './picture-size';
import { type Turn, turnedSize, turnPicture } from './turned-picture';

/**
 * The picture of a page; `isDrawn` where it shows the file's own text instead of how the page looks. `notYet`: it comes with the reading. `unsupported`: the upload arrived, but there is nothing in it that this browser
 * can show; `isData` where there is no picture in it at all.
 */
export type PageImage =
  | { state: 'loading' }
  | { state: 'notYet' }
  /** Who does not review the receipt says what they look at it for. */
  | { state: 'purposeNeeded'; onPurpose: (purpose: string) => void }
  | { state: 'shown'; url: string; size: Size; isDrawn: boolean }
  | { state: 'unsupported'; url: string; isData: boolean }
  | { state: 'failed'; failure: Failure };

/** The bytes as they came from the api, and which picture they are. */
type Loaded = { state: 'loading' } | { state: 'loaded'; bytes: Blob; picture: string } | { state: 'failed'; failure: Failure };

const LOADING = { state: 'loading' } as const;

/** Why images are looked at: given once for all that are looked at together. A review that is open is a purpose of its own. */
export interface ImagePurpose {
  isReview: boolean;
  given: string | null;
  onGiven: (purpose: string) => void;
}

/** A page of a receipt as it was read: upright. Nothing is asked for before it is known what the receipt is, and what it is looked at for. */
export function usePageImage(receipt: ReceiptView | null, number: number, purpose: ImagePurpose): PageImage {
  const source = receipt && imageSourceOf(receipt, number);
  const isPurposeKnown = purpose.isReview || purpose.given !== null;
  const loaded = useImageBytes(isPurposeKnown ? (receipt?.id ?? null) : null, source, purpose.given);
  const image = useShownImage(loaded, source);
  if (source?.kind === 'notYet') return { state: 'notYet' };
  // A review ends after some hours, and the page may have been left open.
  const isNeeded = (receipt !== null && !isPurposeKnown) || (image.state === 'failed' && isPurposeProblem(image.failure));
  return isNeeded ? { state: 'purposeNeeded', onPurpose: purpose.onGiven } : image;
}

const isPurposeProblem = (failure: Failure): boolean => failure.kind === 'problem' && failure.problem.code === 'purpose-required';

/** Loads each picture once: each look at one is an entry in the audit log. */
function useImageBytes(receiptId: string | null, source: ImageSource | null, purpose: string | null): Loaded {
  const api = useApi();
  const [loaded, setLoaded] = useState<Loaded>(LOADING);
  const picture = pictureOf(source);

  useEffect(() => {
    setLoaded(LOADING);
    if (receiptId === null || picture === null) return;
    const watch = { isOver: false };
    const asked = picture === 'original' ? api.readImage(receiptId, purpose) : api.readPageImage(receiptId, Number(picture), purpose);
    void asked.then((answer) => {
      if (watch.isOver) return;
      setLoaded(answer.ok ? { state: 'loaded', bytes: answer.value, picture } : { state: 'failed', failure: answer.failure });
    });
    return () => {
      watch.isOver = true;
    };
  }, [api, receiptId, picture, purpose]);

  return loaded.state === 'loaded' && loaded.picture !== picture ? LOADING : loaded;
}

/** The same for the same picture, however it is turned; null where none is to be loaded. */
function pictureOf(source: ImageSource | null): string | null {
  if (source === null || source.kind === 'notYet') return null;
  return source.kind === 'page' ? String(source.number) : 'original';
}

/** Shows the bytes, turned. The reading tells the turn later than the bytes arrive, so that one load may be shown twice. */
function useShownImage(loaded: Loaded, source: ImageSource | null): PageImage {
  const [image, setImage] = useState<PageImage>(LOADING);
  const turn = source?.kind === 'original' ? source.turn : 0;
  const isOriginal = source?.kind === 'original';
  const isData = source?.kind === 'original' && source.isData;

  useEffect(() => {
    if (loaded.state !== 'loaded') {
      setImage(loaded);
      return;
    }
    const watch: { isOver: boolean; url: string | null } = { isOver: false, url: null };
    const { bytes } = loaded;
    void (isOriginal ? upright(bytes, turn) : drawn(bytes)).then((shown) => {
      if (watch.isOver) return;
      watch.url = URL.createObjectURL(shown?.picture ?? bytes);
      setImage(
        shown
          ? { state: 'shown', url: watch.url, size: shown.size, isDrawn: bytes.type === 'image/svg+xml' }
          : { state: 'unsupported', url: watch.url, isData },
      );
    });
    return () => {
      watch.isOver = true;
      if (watch.url !== null) URL.revokeObjectURL(watch.url);
    };
  }, [loaded, turn, isOriginal, isData]);

  return loaded.state === 'loading' ? LOADING : image;
}

interface ShownPicture {
  picture: Blob;
  size: Size;
}

/** The picture upright, with its size in pixels; null when this browser cannot decode the format. EXIF orientation is applied. */
async function upright(bytes: Blob, turn: Turn): Promise<ShownPicture | null> {
  const decoded = await createImageBitmap(bytes, { imageOrientation: 'from-image' }).catch(() => null);
  if (!decoded) return null;
  const size = turnedSize(decoded, turn);
  const picture = turn === 0 ? bytes : await turnPicture(decoded, turn);
  decoded.close();
  return { picture, size };
}

/** A picture that is upright already, and may be a drawing, which has no bitmap. */
async function drawn(bytes: Blob): Promise<ShownPicture | null> {
  const size = await pictureSize(bytes);
  return size && { picture: bytes, size };
}
