import { join } from 'node:path';

/** Node options of a thread or process that runs this project's TypeScript sources. */
export const SOURCE_ARGV = ['--require', join(__dirname, 'source-loader.cjs')];
