import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../project-root';
import { billOfMaterials, type Product } from './bill-of-materials';
import { licenceProblems } from './licences';
import { readLockFile } from './lock-file';
import { shippedPackages } from './shipped-packages';

const ROOT = projectRoot();
/** `npm audit` ends with 1 when it found something, and says so in JSON; without a registry it says something else. */
const REPORT = /"auditReportVersion"/;

/**
 * `npm run sbom -- [--audit] [file]`: writes the bill of materials of what is shipped and checks its licences; `--audit` also asks the
 * registry for known weaknesses, and says aloud when it does not answer.
 */
function main(args: readonly string[]): number {
  const file = args.find((one) => !one.startsWith('--')) ?? join('dist', 'sbom.cdx.json');
  const packages = shippedPackages(readLockFile(join(ROOT, 'package-lock.json')));
  const product = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Product;
  const { name, version, license } = product;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(billOfMaterials({ name, version, license }, packages), null, 2)}\n`);
  console.log(`${packages.size} packages are shipped; ${file} lists them`);
  const problems = [...licenceProblems(packages.values()), ...(args.includes('--audit') ? weaknesses() : [])];
  for (const problem of problems) console.error(problem);
  return problems.length === 0 ? 0 : 1;
}

function weaknesses(): string[] {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (!REPORT.test(stdout)) {
    console.log('left out: the registry does not tell of known weaknesses');
    return [];
  }
  const { vulnerabilities } = JSON.parse(stdout) as { vulnerabilities: Record<string, { severity: string; range: string }> };
  const told = Object.entries(vulnerabilities).map(([name, { severity, range }]) => ({ severity, line: `${name} ${range}: ${severity}` }));
  for (const { line } of told) console.log(`known weakness: ${line}`);
  return told.filter(({ severity }) => severity === 'high' || severity === 'critical').map(({ line }) => line);
}

process.exitCode = main(process.argv.slice(2));
