import type { XmlElement } from '../xml/read-xml';
import { childOf } from '../xml/find-elements';
import { readNumber } from './read-numbers';

/** What something is drawn with: its luminance from 0, black, to 1, white, and how much of what lies under it it hides, from 0 to 1. */
export interface Ink {
  luminance: number;
  alpha: number;
}

export const BLACK: Ink = { luminance: 0, alpha: 1 };

/** A pattern or a shade is anything between. */
const MIXED = 0.5;

/** An `Alpha` of 0 to 255, as a share; whole where none is given. */
export function readAlpha(text: string | undefined): number {
  const value = readNumber(text);
  return value === null ? 1 : Math.min(1, Math.max(0, value / 255));
}

/** The ink that a FillColor or StrokeColor describes. */
export function readInk(colour: XmlElement): Ink {
  const alpha = readAlpha(colour.attributes.get('Alpha'));
  const isMixed = ['Pattern', 'AxialShd', 'RadialShd', 'GouraudShd', 'LaGouraudShd'].some((name) => childOf(colour, name) !== undefined);
  if (isMixed) return { luminance: MIXED, alpha };
  const channels = (colour.attributes.get('Value') ?? '').split(/\s+/u).filter((token) => token !== '');
  return { luminance: luminanceOf(channels.map(readChannel)), alpha };
}

/** The weights by which a person sees red, green and blue. */
export function luminanceOfRgb(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function luminanceOf(channels: readonly number[]): number {
  const [first = 0, second = 0, third = 0, black = 0] = channels;
  if (channels.length === 1) return first;
  if (channels.length < 4) return luminanceOfRgb(first, second, third);
  return (1 - black) * luminanceOfRgb(1 - first, 1 - second, 1 - third);
}

/** Decimal, or hexadecimal after a `#`. */
function readChannel(token: string): number {
  const value = /^#[0-9A-Fa-f]{1,2}$/u.test(token) ? parseInt(token.slice(1), 16) : (readNumber(token) ?? 0);
  return Math.min(1, Math.max(0, value / 255));
}
