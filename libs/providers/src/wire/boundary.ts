/** Separates the parts of our multipart bodies; no element can hold it, and a credential that does is refused. */
export const MULTIPART_BOUNDARY = '----piaoyan5c1e7f0a94b2';
