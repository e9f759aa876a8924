import type { Size } from './image-view';

/** Size of a picture, or of a drawing as it says of itself, in pixels; null when this browser cannot show it. */
export async function pictureSize(picture: Blob): Promise<Size | null> {
  const url = URL.createObjectURL(picture);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return { width: image.naturalWidth, height: image.naturalHeight };
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}
