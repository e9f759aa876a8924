import { init } from '@embedpdf/pdfium';
import { readFile } from 'node:fs/promises';
import { boundMemory, UnexpectedWasmError } from './bound-memory';
import { Pdfium } from './pdfium';
import { hasPdfiumFunctions } from './pdfium-functions';
import { substituteFonts } from './substitute-fonts';

/** 512 MiB, in WebAssembly's pages: a page of A4 at 200 dpi with all its pictures takes a tenth of it. */
const MAX_MEMORY_PAGES = 8192;

let program: Promise<WebAssembly.Module> | undefined;
let current: Promise<Pdfium> | undefined;

/** This thread's instance, made when it is first asked for and made anew after one broke. */
export async function loadPdfium(): Promise<Pdfium> {
  const loaded = await (current ??= instantiate());
  if (loaded.isUsable) return loaded;
  current = undefined;
  return loadPdfium();
}

async function instantiate(): Promise<Pdfium> {
  try {
    const module = await (program ??= compile());
    const growth = { wasRefused: false };
    const silent = () => undefined;
    const { pdfium } = await init({ instantiateWasm: instantiatorOf(module, growth), print: silent, printErr: silent });
    const exports: WebAssembly.Exports = { ...(pdfium.wasmExports as object) };
    const { memory } = exports;
    if (!hasPdfiumFunctions(exports) || !isMemory(memory)) throw new UnexpectedWasmError('not the PDFium that is expected');
    const loaded = new Pdfium(exports, memory, growth);
    substituteFonts(loaded, (callback, signature) => pdfium.addFunction(callback, signature));
    return loaded;
  } catch (error) {
    program = current = undefined;
    throw error;
  }
}

async function compile(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(boundMemory(await readFile(require.resolve('@embedpdf/pdfium/pdfium.wasm')), MAX_MEMORY_PAGES));
}

type Instantiator = (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => WebAssembly.Exports;

function instantiatorOf(module: WebAssembly.Module, growth: { wasRefused: boolean }): Instantiator {
  return (imports, done) => {
    const grow = imports['env']?.['emscripten_resize_heap'];
    if (!isFunction(grow)) throw new UnexpectedWasmError('PDFium does not ask for memory where it is expected to');
    const env = {
      ...imports['env'],
      emscripten_resize_heap: (size: number): unknown => {
        const isGrown = grow(size);
        if (!isGrown) growth.wasRefused = true;
        return isGrown;
      },
    };
    const instance = new WebAssembly.Instance(module, { ...imports, env });
    done(instance);
    return instance.exports;
  };
}

function isFunction(value: unknown): value is (...args: number[]) => unknown {
  return typeof value === 'function';
}

function isMemory(memory: unknown): memory is { readonly buffer: ArrayBuffer } {
  return typeof memory === 'object' && memory !== null && 'buffer' in memory;
}
