/** One character that a file itself places, on the page as shown. A ligature keeps its several letters in one `text`. */
export interface PlacedChar {
  text: string;
  /** The top left corner of its box as the text runs, in pixels. */
  left: number;
  top: number;
  /** Along the text and across it, in pixels. */
  width: number;
  height: number;
  /** Direction the text runs in: radians, clockwise from the page's horizontal. */
  angle: number;
  /** False where a reader of the page would not see it as it stands: invisible, without contrast, or covered by something drawn later. */
  isVisible: boolean;
}
