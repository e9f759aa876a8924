let codes: Map<string, Buffer> | undefined;

/** A text in GBK, as systems that were here before UTF-8 write it; what it cannot write becomes `?`. Node reads this code, but does not write it. */
export function gbk(text: string): Buffer {
  codes ??= twoByteCodes();
  const table = codes;
  return Buffer.concat(
    Array.from(text, (character) => table.get(character) ?? Buffer.from(character.charCodeAt(0) < 128 ? character : '?', 'latin1')),
  );
}

function twoByteCodes(): Map<string, Buffer> {
  const decoder = new TextDecoder('gbk');
  const table = new Map<string, Buffer>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const code = Buffer.from([lead, trail]);
      const character = decoder.decode(code);
      if (character.length === 1 && character !== '\ufffd' && !table.has(character)) table.set(character, code);
    }
  }
  return table;
}
