import { SHANGHAI_OFFSET_MS } from '@app/contracts';
const DEFAULT_PATTERN =
  /^(?<YYYY>\d{4})([-/])(?<MM>\d{1,2})\2(?<DD>\d{1,2})[ T](?<HH>\d{1,2}):(?<mm>\d{2})(?::(?<ss>\d{2})(?:\.\d{1,6})?)?$/;
const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(?<YYYY>\\d{4})',
  MM: '(?<MM>\\d{1,2})',
  DD: '(?<DD>\\d{1,2})',
  HH: '(?<HH>\\d{1,2})',
  mm: '(?<mm>\\d{2})',
  ss: '(?<ss>\\d{2})',
};

/** Reads times of Asia/Shanghai as milliseconds since 1970, written by a format or as `YYYY-MM-DD HH:mm:ss`; null for what is none. */
export function statementTimes(format: string | undefined): (text: string) => number | null {
  const pattern = format === undefined ? DEFAULT_PATTERN : patternOf(format);
  return (text) => {
    const parts = pattern.exec(text)?.groups;
    return parts === undefined ? null : instantOf(parts);
  };
}

function patternOf(format: string): RegExp {
  const source = format.replace(/YYYY|MM|DD|HH|mm|ss|[^A-Za-z0-9\s]/g, (part) => TOKENS[part] ?? `\\${part}`);
  return new RegExp(`^${source}$`);
}

function instantOf({ YYYY, MM, DD, HH, mm, ss }: Record<string, string | undefined>): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = [YYYY, MM, DD, HH, mm, ss].map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return null;
  const wall = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // 31 June would silently become 1 July.
  if (wall.getUTCFullYear() !== year || wall.getUTCMonth() !== month - 1 || wall.getUTCDate() !== day) return null;
  return wall.getTime() - SHANGHAI_OFFSET_MS;
}
