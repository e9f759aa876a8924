import { writeFileSync } from 'node:fs';
import { documentFile, documentText } from './document-file';

writeFileSync(documentFile, documentText());
