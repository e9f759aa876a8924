import type { UpstreamReply } from '../dialect';
import { parseWireJson, WireJsonError } from './json';
import { decodeText } from './text';

/**
 * The JSON of a reply, or null when there is none to be believed. Whatever content type it claims, the body is read as JSON, since
 * providers do not say which they send; but a redirect is the word of something in between, whatever stands in it.
 */
export function readReplyJson(reply: UpstreamReply): unknown {
  if (reply.httpStatus >= 300 && reply.httpStatus <= 399) return null;
  try {
    return parseWireJson(decodeText(reply.body, reply.contentType));
  } catch (error) {
    if (error instanceof WireJsonError) return null;
    throw error;
  }
}
