import { config } from 'zod';

// Zod compiles its parsers with `new Function` where it can; the console's content security policy forbids that and reports each try.
config({ jitless: true });
