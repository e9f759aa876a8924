/** Injection token of the bounds of one upload. */
export const UPLOAD_LIMITS = Symbol('UPLOAD_LIMITS');

export interface UploadBounds {
  maxBytes: number;
}
