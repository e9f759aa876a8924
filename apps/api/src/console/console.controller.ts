import { ProblemError } from '@app/contracts';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Public } from '../auth/public.decorator';

/** Injection token of the folder of the built console. */
export const CONSOLE_DIRECTORY = Symbol('CONSOLE_DIRECTORY');

/** Stands in the built page wherever the nonce of one answer belongs. */
const NONCE_PLACE = '__CSP_NONCE__';
const NONCE_BYTES = 18;

// Scripts come from this origin only, and nothing is sent anywhere else. Ant Design writes its styles into the page at run time, under the nonce.
const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const PAGE = 'index.html';
const OWN_PATHS = /^\/(v\d+|health|docs|openapi\.json|verapi|invoice)(\/|$)/;

/** Serves the console at /. A path that is no file is a place inside the console, which finds its way itself. */
@Controller()
@Public()
export class ConsoleController {
  private readonly files: ReadonlySet<string>;
  private readonly page: string;

  constructor(@Inject(CONSOLE_DIRECTORY) private readonly directory: string) {
    this.files = new Set(filesBelow(directory));
    this.page = readFileSync(join(directory, PAGE), 'utf8');
  }

  @Get(['/', '*'])
  serve(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const [path = '/'] = request.url.split('?', 1);
    if (OWN_PATHS.test(path)) throw new ProblemError('not-found');
    const file = path.slice(1);
    const isFile = this.files.has(file);
    // A missing script must not be answered with a page.
    if (!isFile && /\.\w+$/.test(file)) throw new ProblemError('not-found');
    if (!isFile || file === PAGE) {
      this.sendPage(reply);
      return;
    }
    // The build puts a hash of the content into the names below assets/.
    const isImmutable = file.startsWith('assets/');
    void reply.header('cache-control', isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    void reply.sendFile(file, this.directory, { cacheControl: false });
  }

  private sendPage(reply: FastifyReply): void {
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    void reply
      .header('content-security-policy', contentSecurityPolicy(nonce))
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(this.page.replaceAll(NONCE_PLACE, nonce));
  }
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
