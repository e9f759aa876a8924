import { readFile, stat } from 'node:fs/promises';
import { readAnchorLog, readAnchors, readPublicKeys, type Verdict, verifyExport, type Witnesses } from '@app/audit';
import { Command } from 'commander';
import { verdictText } from './verdict-text';

interface VerifyOptions {
  anchors?: string;
  anchorLog?: string;
  publicKey?: string;
  json?: true;
}

const EXIT_UNSOUND = 2;
const MAX_KEY_FILE_BYTES = 1024 * 1024;

/** `piaoyan audit verify`: needs no database and no network. 0 when all holds, 2 when a record does not, 1 when it could not be examined. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('check an exported audit and name the first record that does not hold; exits with 0 (sound), 2 (not sound) or 1 (failed)')
    .argument('<file>', 'the export')
    .option('--anchors <path>', 'anchors that were kept elsewhere: a file, or a folder of .jsonl files')
    .option('--anchor-log <file>', 'a log as the syslog server or SIEM stored it, with anchors among its lines')
    .option('--public-key <file>', 'public keys that may have signed, in PEM; without it those in the export count')
    .option('--json', 'as JSON')
    .action(verify);
}

async function verify(file: string, options: VerifyOptions): Promise<void> {
  const verdict = await verifyExport(file, await witnesses(options));
  process.stdout.write(options.json ? `${JSON.stringify(verdict, null, 2)}\n` : `${verdictText(verdict)}\n`);
  if (!isSound(verdict)) process.exitCode = EXIT_UNSOUND;
}

const isSound = ({ finding }: Verdict): boolean => finding === null;

async function witnesses({ anchors, anchorLog, publicKey }: VerifyOptions): Promise<Witnesses> {
  const known = [
    ...(anchors === undefined ? [] : await readAnchors(anchors)),
    ...(anchorLog === undefined ? [] : await readAnchorLog(anchorLog)),
  ];
  return {
    ...((anchors ?? anchorLog) !== undefined && { anchors: known }),
    ...(publicKey !== undefined && { publicKeys: readPublicKeys(await textOf(publicKey)) }),
  };
}

async function textOf(path: string): Promise<string> {
  if ((await stat(path)).size > MAX_KEY_FILE_BYTES)
    throw new RangeError(`${path} is no file of keys: it has more than ${MAX_KEY_FILE_BYTES} bytes`);
  return readFile(path, 'utf8');
}
