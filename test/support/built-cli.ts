import { join } from 'node:path';

/** What `node` is given to run the command line as it was built: translating its sources anew takes longer than most of its commands. */
export const BUILT_CLI = join(__dirname, '../../dist/apps/cli/src/main.js');
