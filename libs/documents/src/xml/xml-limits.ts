/** What an XML document may cost: bytes, open elements inside one another, elements in all, and attributes of one element. */
export interface XmlLimits {
  maxBytes: number;
  maxDepth: number;
  maxElements: number;
  maxAttributes: number;
}

/**
 * A bill has some hundred elements, ten for each of its detailed rows, six deep. Reading is one pass from left to right in which nothing
 * expands, so the limit of bytes is a limit of time, too: tens of milliseconds.
 */
export const XML_LIMITS: Readonly<XmlLimits> = { maxBytes: 4_194_304, maxDepth: 32, maxElements: 50_000, maxAttributes: 64 };
