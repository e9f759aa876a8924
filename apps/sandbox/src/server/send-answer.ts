import type { ServerResponse } from 'node:http';
import type { WireAnswer } from '../calls/wire-answer';

/** Sends an answer in its manner; what a caller that went away does not take is forgotten. */
export function sendAnswer(response: ServerResponse, { httpStatus, headers, body, manner }: WireAnswer): void {
  const head = (length: number): void => {
    response.writeHead(httpStatus, { ...headers, 'Content-Length': length });
  };
  switch (manner.kind) {
    case 'whole':
      head(body.length);
      response.end(body);
      return;
    case 'nothing':
      endAfter(response, manner.afterMs);
      return;
    case 'cutHeaders':
      response.socket?.write(`HTTP/1.1 ${httpStatus} OK\r\nContent-Type: appl`, () => response.destroy());
      return;
    case 'cutBody':
      // A cut body promises more than it has.
      head(body.length);
      response.write(body.subarray(0, body.length >> 1), () => response.destroy());
      return;
    case 'drip':
      head(body.length);
      drip(response, body, manner);
      return;
  }
}

function endAfter(response: ServerResponse, afterMs: number): void {
  if (afterMs === 0) {
    response.destroy();
    return;
  }
  const timer = setTimeout(() => response.destroy(), afterMs);
  response.once('close', () => clearTimeout(timer));
}

function drip(response: ServerResponse, body: Buffer, { everyMs, totalMs }: { everyMs: number; totalMs: number }): void {
  const pieceBytes = Math.max(1, Math.ceil(body.length / Math.max(1, Math.floor(totalMs / everyMs))));
  let sent = 0;
  const timer = setInterval(() => {
    const piece = body.subarray(sent, sent + pieceBytes);
    sent += piece.length;
    if (sent >= body.length) {
      clearInterval(timer);
      response.end(piece);
    } else response.write(piece);
  }, everyMs);
  response.once('close', () => clearInterval(timer));
}
