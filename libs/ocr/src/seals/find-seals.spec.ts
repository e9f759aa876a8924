import sharp from 'sharp';
import { drawPage, type Print } from '../../test/draw-page';
import { drawNameSeal, drawSeal, type DrawnSeal } from '../../test/draw-seal';
import type { PageImage, PageSeal } from '../page';
import { findSeals } from './find-seals';

const BILL: Print[] = [
  { text: '湖北省医疗门诊收费票据', x: 380, y: 90, size: 44, colour: '#a03020' },
  { text: '票据号码：0037704965', x: 800, y: 160, colour: '#c8201c' },
  { text: '项目名称 数量 单位 金额', x: 80, y: 250 },
  { text: '检查费 1 次 1000.00', x: 80, y: 310 },
  { text: '金额合计（大写）壹仟元整', x: 80, y: 500 },
  { text: '其他信息：业务流水号 01325828914609 就诊日期 20260228', x: 80, y: 560 },
  { text: '收款单位（章）：武汉市中心医院', x: 80, y: 640 },
];

const RULES = [200, 260, 330, 450, 520, 580]
  .map((y) => `<path d="M60 ${y}H1240" stroke="#c03028" stroke-width="2"/>`)
  .concat([60, 400, 800, 1240].map((x) => `<path d="M${x} 200V580" stroke="#c03028" stroke-width="2"/>`))
  .join('');

const bill = (...overlay: string[]) => drawPage(1300, 820, BILL, { overlay: RULES + overlay.join('') });

const ROUND: DrawnSeal = { x: 300, y: 600, across: 100, text: '武汉市中心医院', below: '财务专用章', turn: 8 };
const OVAL: DrawnSeal = { x: 650, y: 80, across: 92, down: 58, text: '全国统一财政票据监制章' };

function expectAt(seal: PageSeal | undefined, { x, y, across, down = across }: DrawnSeal, slack = 0.05): void {
  const { centre, semiMajor, semiMinor } = seal!.ellipse!;
  expect(Math.hypot(centre[0] - x, centre[1] - y)).toBeLessThan(slack * down);
  expect(Math.abs(semiMajor - across)).toBeLessThan(slack * down);
  expect(Math.abs(semiMinor - down)).toBeLessThan(slack * down);
}

/** The page as JPEG leaves it, or any other way. */
async function through(page: PageImage, change: (image: sharp.Sharp) => sharp.Sharp): Promise<PageImage> {
  const changed = await change(sharp(page.rgb, { raw: { width: page.width, height: page.height, channels: 3 } })).toBuffer();
  const { data, info } = await sharp(changed).toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}

const byX = (seals: PageSeal[]) => seals.toSorted((a, b) => a.quad[0][0] - b.quad[0][0]);

describe('findSeals', () => {
  it('finds a round and an oval seal among red rules, red labels and black print', async () => {
    const [round, oval, ...others] = byX(findSeals(await bill(drawSeal(ROUND), drawSeal(OVAL))));
    expect(others).toEqual([]);
    expectAt(round, ROUND);
    expectAt(oval, OVAL);
    expect(round).toMatchObject({ shape: 'round', colour: 'red' });
    expect(round!.confidence).toBeGreaterThan(0.9);
    const [topLeft, , bottomRight] = round!.quad;
    expect([topLeft, bottomRight].flat().map((value) => Math.round(value / 10))).toEqual([20, 50, 40, 70]);
  });

  it.each([
    [50, 90],
    [-12, 84],
    [8, 62],
  ])('tells seals apart that are (%d, %d) pixels from each other', async (right, down) => {
    const second = { ...ROUND, x: ROUND.x + right, y: ROUND.y + down, turn: -5 };
    const found = findSeals(await bill(drawSeal(ROUND), drawSeal(second))).toSorted((a, b) => a.quad[0][1] - b.quad[0][1]);
    expect(found).toHaveLength(2);
    expectAt(found[0], ROUND);
    expectAt(found[1], second);
  });

  it('finds a seal that the edge of the page cuts', async () => {
    const cut = { ...ROUND, x: 50 };
    const found = findSeals(await bill(drawSeal(cut)));
    expect(found).toHaveLength(1);
    expectAt(found[0], cut, 0.08);
  });

  it.each<[string, (image: sharp.Sharp) => sharp.Sharp]>([
    ['pressed hard by JPEG', (image) => image.jpeg({ quality: 40 })],
    ['blurred', (image) => image.blur(3).png()],
    ['of half the size', (image) => image.resize({ width: 650 }).png()],
    ['of three times the size', (image) => image.resize({ width: 3900 }).png()],
  ])('finds both seals on a page %s', async (_, change) => {
    const page = await through(await bill(drawSeal(ROUND), drawSeal(OVAL)), change);
    const factor = page.width / 1300;
    const [round, oval, ...others] = byX(findSeals(page));
    expect(others).toEqual([]);
    for (const [seal, drawn] of [[round, ROUND] as const, [oval, OVAL] as const]) {
      const { x, y, across, down = across } = drawn;
      expectAt(seal, { ...drawn, x: x * factor, y: y * factor, across: across * factor, down: down * factor });
    }
  });

  it('finds the seals of a grey scan by their dark rings, and QR codes, tables and big characters are none', async () => {
    const page = await bill(drawSeal(ROUND), drawSeal(OVAL), qrCode(1080, 60), bigCharacters());
    const found = byX(findSeals(await through(page, (image) => image.greyscale().png())));
    expect(found.map(({ shape, colour }) => [shape, colour])).toEqual([
      ['round', 'dark'],
      ['round', 'dark'],
    ]);
    expectAt(found[0], ROUND);
    expectAt(found[1], OVAL);
  });

  it('finds a square name seal', async () => {
    const found = findSeals(await bill(drawNameSeal(700, 640, 90, '王芳')));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ shape: 'rectangular', colour: 'red' });
    const [topLeft, , bottomRight] = found[0]!.quad;
    expect([...topLeft, ...bottomRight].map((value) => Math.round(value / 10))).toEqual([70, 64, 79, 73]);
  });

  it.each<[string, () => Promise<PageImage>]>([
    ['a bill without seals, red rules and red numbers and all', () => bill()],
    ['a blank page', () => drawPage(900, 600, [])],
    ['a QR code', () => drawPage(900, 600, [], { overlay: qrCode(300, 200) })],
    ['a red QR code', () => drawPage(900, 600, [], { overlay: qrCode(300, 200, '#d8241f') })],
    ['discs and thick rings', () => drawPage(900, 600, BILL, { overlay: discs('#d8241f') + discs('#222', 300) })],
    ['a ring of which a third is missing', () => drawPage(900, 600, [], { overlay: arc() })],
    ['big round characters', () => drawPage(1300, 820, BILL, { overlay: bigCharacters() })],
    ['a picture a few pixels high', () => drawPage(2000, 6, [])],
  ])('finds none on %s', async (_, draw) => {
    expect(findSeals(await draw())).toEqual([]);
  });
});

function qrCode(x: number, y: number, colour = '#000'): string {
  const cell = 6;
  const modules = Array.from({ length: 25 * 25 }, (_, index) => ({ column: index % 25, row: Math.floor(index / 25) }))
    .filter(({ column, row }) => (column * 7 + row * 13 + ((column * row) % 5)) % 3 !== 0)
    .map(({ column, row }) => `<rect x="${x + column * cell}" y="${y + row * cell}" width="${cell}" height="${cell}"/>`);
  const finder = (u: number, v: number) =>
    `<rect x="${x + u * cell}" y="${y + v * cell}" width="42" height="42"/><rect x="${x + u * cell + 6}" y="${y + v * cell + 6}" width="30" height="30" fill="#fff"/><rect x="${x + u * cell + 12}" y="${y + v * cell + 12}" width="18" height="18"/>`;
  return `<g fill="${colour}">${modules.join('')}${finder(0, 0)}${finder(18, 0)}${finder(0, 18)}</g>`;
}

function discs(colour: string, y = 0): string {
  return `<circle cx="200" cy="${y + 120}" r="60" fill="${colour}"/><circle cx="450" cy="${y + 120}" r="50" fill="none" stroke="${colour}" stroke-width="45"/>`;
}

function arc(): string {
  return '<path d="M300 200a100 100 0 1 1 -50 187" fill="none" stroke="#d8241f" stroke-width="5"/>';
}

function bigCharacters(): string {
  return `<g fill="none" stroke="#111" stroke-width="9"><circle cx="700" cy="760" r="22"/><path d="M760 740h60v40h-60z"/><path d="M860 730a30 30 0 1 0 0 60"/></g>`;
}
