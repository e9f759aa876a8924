import { ProblemError } from '@app/contracts';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Public } from '../auth/public.decorator';

/** Injection token of the folder of the built console. */
export const CONSOLE_DIRECTORY = Symbol('CONSOLE_DIRECTORY');

// Scripts come from this origin only, and nothing is sent anywhere else. Ant Design writes its styles into the page at run time.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const OWN_PATHS = /^\/(v\d+|health|docs|openapi\.json|verapi|invoice)(\/|$)/;

/** Serves the console at /. A path that is no file is a place inside the console, which finds its way itself. */
@Controller()
@Public()
export class ConsoleController {
  private readonly files: ReadonlySet<string>;

  constructor(@Inject(CONSOLE_DIRECTORY) private readonly directory: string) {
    this.files = new Set(filesBelow(directory));
  }

  @Get(['/', '*'])
  serve(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const [path = '/'] = request.url.split('?', 1);
    if (OWN_PATHS.test(path)) throw new ProblemError('not-found');
    const file = path.slice(1);
    const isFile = this.files.has(file);
    // A missing script must not be answered with a page.
    if (!isFile && /\.\w+$/.test(file)) throw new ProblemError('not-found');
    void reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
    // The build puts a hash of the content into the names below assets/.
    const isImmutable = isFile && file.startsWith('assets/');
    void reply.header('cache-control', isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    void reply.sendFile(isFile ? file : 'index.html', this.directory, { cacheControl: false });
  }
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
