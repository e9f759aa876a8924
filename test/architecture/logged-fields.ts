import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** One call of a logger with an object: the fields it may write, or null where the types do not say. */
export interface LogCall {
  place: string;
  fields: string[] | null;
}

const ROOT = resolve(__dirname, '../..');
const LEVELS: ReadonlySet<string> = new Set(['log', 'warn', 'error', 'fatal', 'debug', 'verbose']);
const CALL = /ogger\.(?:log|warn|error|fatal|debug|verbose)\(/;

/** Every call of a logger in the sources of the processes, the console's own toolchain left out. */
export function readLogCalls(): LogCall[] {
  const files = ['apps', 'libs'].flatMap((top) => sources(join(ROOT, top))).filter((path) => CALL.test(readFileSync(path, 'utf8')));
  return logCallsOf(files);
}

/** The calls in these files. Types are resolved, so that a field that comes by a spread is seen, too. */
export function logCallsOf(files: readonly string[]): LogCall[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [...files], include: [] }, ts.sys, ROOT);
  const program = ts.createProgram([...files], { ...options, noEmit: true, skipLibCheck: true });
  const checker = program.getTypeChecker();
  return files.flatMap((path) => {
    const source = program.getSourceFile(path);
    return source === undefined ? [] : callsIn(source, checker, relative(ROOT, path));
  });
}

function callsIn(source: ts.SourceFile, checker: ts.TypeChecker, file: string): LogCall[] {
  const found: LogCall[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isLogger(node.expression)) {
      const [first] = node.arguments;
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (first !== undefined && !isText(first, checker)) found.push({ place: `${file}:${line}`, fields: fieldsOf(first, checker) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `logger.log`, `this.logger.warn` and the like. */
function isLogger(callee: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(callee) && LEVELS.has(callee.name.text) && /(?:^|\.)\w*[lL]ogger$/.test(callee.expression.getText());
}

function isText(node: ts.Expression, checker: ts.TypeChecker): boolean {
  return (checker.getTypeAtLocation(node).flags & ts.TypeFlags.StringLike) !== 0;
}

/** An open type loses its openness in a spread, so each part of an object is asked for itself. */
function fieldsOf(node: ts.Expression, checker: ts.TypeChecker): string[] | null {
  if (!ts.isObjectLiteralExpression(node)) return fieldsOfType(checker.getTypeAtLocation(node));
  const parts = node.properties.map((part) => {
    if (ts.isSpreadAssignment(part)) return fieldsOf(part.expression, checker);
    return ts.isComputedPropertyName(part.name) ? null : [part.name.text];
  });
  return parts.some((part) => part === null) ? null : [...new Set(parts.flatMap((part) => part ?? []))];
}

function fieldsOfType(type: ts.Type): string[] | null {
  const parts = (type.isUnion() ? type.types : [type]).filter((part) => (part.flags & ts.TypeFlags.Undefined) === 0);
  const isOpen = parts.some(
    (part) => (part.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0 || part.getStringIndexType() !== undefined,
  );
  return isOpen ? null : [...new Set(parts.flatMap((part) => part.getProperties().map(({ name }) => name)))];
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.spec\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/node_modules|apps\/console/.test(path));
}
