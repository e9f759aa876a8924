import { readFile, writeFile } from 'node:fs/promises';
import { readPublicKeys } from '@app/audit';
import { PackError, type PackVerdict, verifyPack } from '@app/evidence';
import { Command, InvalidArgumentError } from 'commander';
import { asOperator, operator } from '../operations/tenant-admin';
import { withEvidencePacks } from './with-evidence-packs';

interface MakeOptions {
  tenant?: string;
  bill?: string[];
  out?: string;
}

/** `piaoyan evidence --tenant T --bill CODE NUMBER --out FILE`, and `piaoyan evidence verify FILE`. */
export function evidenceCommand(): Command {
  return new Command('evidence')
    .description('make the evidence of one bill (证据包) as one signed file, or verify one off the box')
    .option('--tenant <name>', 'whose bill it is')
    .option('--bill <code and number...>', 'code and number of the bill', collected)
    .option('--out <file>', 'the file to write; an existing one is left alone')
    .action(make)
    .addCommand(verifyCommand());
}

function collected(word: string, words: string[] = []): string[] {
  if (words.length === 2) throw new InvalidArgumentError('give code and number');
  return [...words, word];
}

async function make({ tenant: name, bill: [code, number] = [], out }: MakeOptions): Promise<void> {
  if (name === undefined || code === undefined || number === undefined || out === undefined)
    throw new Error('give --tenant NAME, --bill CODE NUMBER and --out FILE');
  const tenantId = await asOperator((admin) => admin.idOf(name));
  const tenant = { tenantId, actor: operator() };
  const { zip } = await withEvidencePacks(async (packs) => packs.make(tenant, await packs.idOf(tenant, code, number)));
  await writeFile(out, zip, { flag: 'wx', mode: 0o600 });
  process.stdout.write(`${out}\n`);
}

function verifyCommand(): Command {
  return new Command('verify')
    .description('check a file with nothing but the keys you hold: no database, no network')
    .argument('<file>')
    .option('--key <file>', 'public key of evidence, as it was handed over before')
    .option('--audit-key <file>', 'public keys of the audit, as they were handed over before')
    .action(async (file: string, { key, auditKey }: { key?: string; auditKey?: string }) => {
      const keysOf = async (path: string) => readPublicKeys(await readFile(path, 'latin1'));
      const known = {
        ...(key !== undefined && { evidence: await keysOf(key) }),
        ...(auditKey !== undefined && { audit: await keysOf(auditKey) }),
      };
      process.stdout.write(`${toldOf(await readFile(file), known)}\n`);
    });
}

/** What a person is told. A file that proves nothing makes the command fail. */
function toldOf(zip: Buffer, known: Parameters<typeof verifyPack>[1]): string {
  try {
    return verdictLines(verifyPack(zip, known)).join('\n');
  } catch (error) {
    if (error instanceof PackError) process.exitCode = 1;
    else throw error;
    return `not proven 未通过: ${error.message}`;
  }
}

/** The verdict in both languages. */
export function verdictLines({ manifest, ...verdict }: PackVerdict): string[] {
  const { bill, madeAt, madeBy, keyId, parts } = manifest;
  const held = (isHeld: boolean): string => (isHeld ? 'held before 已持有' : 'NOT compared with one you hold 未与已持有的公钥核对');
  return [
    `proven 通过: bill 票据 ${bill.billCode} ${bill.billNumber}, tenant 租户 ${manifest.tenantId}`,
    `made 制作: ${madeAt} by ${madeBy.name}; ${parts.length} parts 文件`,
    `key 公钥: ${keyId}, ${held(verdict.isKeyKnown)}`,
    `audit 审计: ${verdict.provenEntries} entries proven 已证明, ${verdict.unsealedEntries} not sealed then 尚未封存`,
    ...(verdict.auditKeyIds.length === 0
      ? []
      : [`audit keys 审计公钥: ${verdict.auditKeyIds.join(', ')}, ${held(verdict.areAuditKeysKnown)}`]),
  ];
}
