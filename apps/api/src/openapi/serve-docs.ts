import type { INestApplication } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
import { apiDocument } from './document';

/** Serves the document at /openapi.json and a page to read and try it at /docs, from this machine alone. */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, apiDocument(), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    // Said here as well as in the attribute that the content security policy leaves without effect.
    customCss: 'body > svg { position: absolute; width: 0; height: 0 }',
    customSiteTitle: 'Piaoyan 票验 API',
    // The validator badge would ask a host on the internet.
    swaggerOptions: { validatorUrl: null },
  });
}
