/**
 * Lets a thread or process of a test run TypeScript, translated as Jest does it. What was translated is kept, so that the next one loads
 * neither a compiler nor, as @swc-node/register does, all of TypeScript: some start hundreds of times.
 */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { Module } = require('node:module');
const { tmpdir, userInfo } = require('node:os');
const { join, resolve } = require('node:path');
const { threadId } = require('node:worker_threads');

const ROOT = resolve(__dirname, '../..');
const OPTIONS = require('../../jest.config.js').transform['^.+\\.ts$'][1];
const KEPT = join(tmpdir(), `piaoyan-translated-${userInfo().uid}`);
const SALT = JSON.stringify([require('@swc/core/package.json').version, OPTIONS]);

mkdirSync(KEPT, { recursive: true, mode: 0o700 });

Module._extensions['.ts'] = (module, filename) => module._compile(translated(filename), filename);

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => resolveFilename.call(Module, sourceOf(request), ...rest);

/** As tsconfig.json's `paths` say. */
function sourceOf(request) {
  const [, room, inner] = /^@app\/([^/]+)(\/.+)?$/.exec(request) ?? [];
  return room === undefined ? request : join(ROOT, 'libs', room, 'src', inner ?? '');
}

function translated(filename) {
  const source = readFileSync(filename, 'utf8');
  const kept = join(KEPT, createHash('sha256').update(SALT).update('\0').update(filename).update('\0').update(source).digest('hex'));
  try {
    return readFileSync(kept, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const { code } = require('@swc/core').transformSync(source, {
    ...OPTIONS,
    filename,
    swcrc: false,
    configFile: false,
    sourceMaps: 'inline',
  });
  const unfinished = `${kept}.${process.pid}.${threadId}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, kept);
  return code;
}
