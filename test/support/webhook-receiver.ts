import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { Webhook } from 'standardwebhooks';

/** One message as it came in. */
export interface ReceivedMessage {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** What the receiver does with a message; without it, it answers 204. */
export type Answer = (response: ServerResponse, message: ReceivedMessage) => void;

/** A receiver of webhooks on a loopback port of its own. */
export class WebhookReceiver {
  readonly messages: ReceivedMessage[] = [];
  private answers: Answer[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on('request', (request, response) => void receiver.take(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  /** Origin, as an operator writes it in the allow-list. */
  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What it does with the next messages, in order; the last one holds for ever. */
  willAnswer(...answers: Answer[]): void {
    this.answers = answers;
  }

  /** The content of a message whose signature the standard library takes. */
  verified(message: ReceivedMessage, secret: string): unknown {
    return new Webhook(secret).verify(message.body, message.headers);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = request.headers as Record<string, string>;
    const message = { method: request.method ?? '', path: request.url ?? '', headers, body: Buffer.concat(chunks).toString() };
    this.messages.push(message);
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    (answer ?? status(204))(response, message);
  }
}

/** Answers with a status and nothing else. */
export const status =
  (code: number): Answer =>
  (response) =>
    void response.writeHead(code).end();
