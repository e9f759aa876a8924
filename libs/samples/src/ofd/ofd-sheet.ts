import { Sheet, number, type Box, type TextStyle } from '../drawing/sheet';
import { EM, Typeface } from '../drawing/typeface';

/** A picture on a page that OFD has no markup of its own for: markup of SVG, to be made pixels. */
export type SheetPicture = string;

/** A sheet that is written out as OFD's objects. Its units become millimetres; what is added as markup becomes pictures. */
export class OfdSheet extends Sheet {
  /** OFD's markup, in the order of drawing. */
  readonly objects: string[] = [];
  readonly pictures: SheetPicture[] = [];

  constructor(
    width: number,
    height: number,
    private readonly mmPerUnit: number,
  ) {
    super(width, height);
  }

  override text(value: string, x: number, y: number, style: TextStyle): Box {
    const box = super.text(value, x, y, style);
    if (value !== '') this.objects.push(this.textObject(value, box, y, style));
    return box;
  }

  override line(x1: number, y1: number, x2: number, y2: number, colour: string, width = 1.4): void {
    super.line(x1, y1, x2, y2, colour, width);
    this.objects.push(this.pathObject(`M ${this.mm(x1)} ${this.mm(y1)} L ${this.mm(x2)} ${this.mm(y2)}`, colour, width));
  }

  override frame(box: Box, colour: string, width = 1.4): void {
    super.frame(box, colour, width);
    const [left, top, right, bottom] = [box.x, box.y, box.x + box.width, box.y + box.height].map((edge) => this.mm(edge));
    this.objects.push(this.pathObject(`M ${left} ${top} L ${right} ${top} L ${right} ${bottom} L ${left} ${bottom} C`, colour, width));
  }

  override add(markup: string): void {
    super.add(markup);
    this.pictures.push(markup);
  }

  private textObject(value: string, box: Box, baseline: number, { size, face, colour, spacing = 0 }: TextStyle): string {
    const typeface = Typeface.named(face);
    const natural = typeface.width(value, size, spacing);
    const squeeze = box.width / natural;
    const steps = Array.from(value).map((char) => ((typeface.outline(char).advance * size) / EM + spacing) * squeeze);
    const boundary = [box.x, box.y, box.width, box.height * 1.2].map((length) => this.mm(length)).join(' ');
    const deltas = steps.slice(0, -1).map((step) => this.mm(step));
    return [
      `<ofd:TextObject ID="1" Boundary="${boundary}" Font="1" Size="${this.mm(size)}"${squeeze < 1 ? ` HScale="${number(squeeze)}"` : ''}>`,
      `<ofd:FillColor Value="${rgb(colour)}"/>`,
      `<ofd:TextCode X="0" Y="${this.mm(baseline - box.y)}"${deltas.length > 0 ? ` DeltaX="${deltas.join(' ')}"` : ''}>${escaped(value)}</ofd:TextCode>`,
      '</ofd:TextObject>',
    ].join('');
  }

  private pathObject(data: string, colour: string, width: number): string {
    const stroke = `<ofd:StrokeColor Value="${rgb(colour)}"/><ofd:AbbreviatedData>${data}</ofd:AbbreviatedData>`;
    const boundary = `0 0 ${this.mm(this.width)} ${this.mm(this.height)}`;
    return `<ofd:PathObject ID="1" Boundary="${boundary}" LineWidth="${this.mm(width)}">${stroke}</ofd:PathObject>`;
  }

  private mm(units: number): string {
    return number(units * this.mmPerUnit);
  }
}

function rgb(colour: string): string {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)).join(' ');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
