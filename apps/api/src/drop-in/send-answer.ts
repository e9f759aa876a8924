import type { FastifyReply } from 'fastify';

/** The content type as the providers send it. */
const CONTENT_TYPE = 'application/json;charset=UTF-8';

/** Sends a dialect's reply, which no cache may keep. */
export function sendAnswer(reply: FastifyReply, status: number, headers: Readonly<Record<string, string>>, body: Buffer): void {
  void reply
    .status(status)
    .headers({ ...headers, 'cache-control': 'no-store', 'content-type': CONTENT_TYPE })
    .send(body);
}
