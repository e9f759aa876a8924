/** One channel of a picture: 8 bits a pixel, row by row from the top left. Its values have a buffer of their own, which is handed to a thread. */
export interface Plane {
  width: number;
  height: number;
  values: Uint8Array<ArrayBuffer>;
}

/** An upright rectangle in whole pixels. */
export interface Region {
  left: number;
  top: number;
  width: number;
  height: number;
}
