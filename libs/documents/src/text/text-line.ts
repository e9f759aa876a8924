/** One character of a line: its centre in pixels along the line from the line's left edge. */
export interface TextLineChar {
  text: string;
  x: number;
  /** False where a person who looks at the page would not see it as it stands. */
  isVisible: boolean;
}

/** One line of text as the file gives it. The quad is in pixels of the page as shown, clockwise from the text's top left. */
export interface TextLine {
  text: string;
  quad: [number, number][];
  chars: TextLineChar[];
}
