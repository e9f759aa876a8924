import sharp from 'sharp';
import { Sheet, type TextStyle } from './sheet';

const style: TextStyle = { size: 20, face: 'sans', colour: '#000000' };

describe('Sheet', () => {
  it('says where text stands, for each anchor', () => {
    const sheet = new Sheet(400, 100);
    expect(sheet.text('票据', 100, 50, style)).toMatchObject({ x: 100, width: 40, height: 20 });
    expect(sheet.text('票据', 100, 50, { ...style, anchor: 'middle' }).x).toBe(80);
    expect(sheet.text('票据', 100, 50, { ...style, anchor: 'end' }).x).toBe(60);
  });

  it('narrows text that would leave its cell, and leaves shorter text alone', () => {
    const sheet = new Sheet(400, 100);
    expect(sheet.text('票据号码', 0, 50, { ...style, maxWidth: 60 }).width).toBeCloseTo(60);
    expect(sheet.text('票据', 0, 50, { ...style, maxWidth: 60 }).width).toBe(40);
  });

  it('puts ink inside the box it tells, and nowhere else', async () => {
    const sheet = new Sheet(200, 100);
    const box = sheet.text('票', 60, 60, { ...style, size: 40 });
    const page = sharp(Buffer.from(sheet.svg(200))).greyscale();
    const { data } = await page.raw().toBuffer({ resolveWithObject: true });
    const inked = [...data.keys()].filter((index) => data[index]! < 128).map((index) => [index % 200, Math.floor(index / 200)] as const);
    expect(inked.length).toBeGreaterThan(100);
    for (const [x, y] of inked) expect(x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height).toBe(true);
  });

  it('ends the paper where it is cut', async () => {
    const { width, height } = await sharp(Buffer.from(new Sheet(200, 500).cutAt(100).svg(400))).metadata();
    expect([width, height]).toEqual([400, 200]);
  });
});
