/**
 * Dates as Google's archives write them in the languages of `d3i-infra/data-donation-task` (English, Dutch, German,
 * Spanish, Arabic, Turkish, Chinese) and in Japanese: names of months, orders of day and month, and time zones.
 */

/** Months by the beginnings of their names, in lower case; the same letters never mean two months. */
const months: Readonly<Record<string, number>> = {
  ...{ jan: 1, ene: 1, oca: 1, jän: 1 },
  ...{ feb: 2, şub: 2, sub: 2 },
  ...{ mar: 3, mrt: 3, mär: 3, mrz: 3, maa: 3 },
  ...{ apr: 4, abr: 4, nis: 4 },
  ...{ may: 5, mei: 5, mai: 5 },
  ...{ jun: 6, haz: 6 },
  ...{ jul: 7, tem: 7 },
  ...{ aug: 8, ago: 8, ağu: 8, agu: 8 },
  ...{ sep: 9, set: 9, eyl: 9 },
  ...{ oct: 10, okt: 10, eki: 10 },
  ...{ nov: 11, kas: 11 },
  ...{ dec: 12, dez: 12, dic: 12, ara: 12 },
};

/** Offsets from UTC in minutes. Letters that stand for several zones, such as CST, IST and BST, are left out. */
const zones: Readonly<Record<string, number>> = {
  ...{ UTC: 0, GMT: 0, Z: 0, WET: 0, OEZ: 120, OESZ: 180 },
  ...{ CET: 60, MEZ: 60, WEST: 60, CEST: 120, MESZ: 120, EET: 120, EEST: 180 },
  ...{ EST: -300, EDT: -240, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420 },
  ...{ JST: 540, KST: 540, MSK: 180, TRT: 180 },
};

/** Where the month is a number between the others, its place depends on the language. */
const monthFirst = new Set(['en-US']);
const dayFirst = new Set(['en-GB', 'nl', 'de', 'es', 'ar', 'tr']);

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  fraction: string;
  zone: string;
}

const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,6}))?)?`;
const half = String.raw`(?:\s*(?<half>[ap]\.?\s?m\.?|ص|م|ÖÖ|ÖS|午前|午後|上午|下午))?`;
const zone = String.raw`\s*(?<zone>[A-Z]{1,5}(?:[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d\d:?\d\d)?$`;
const end = `,?\\s*${clock}${half}${zone}`;

/** Each names its parts, so that the same code reads them all. */
const patterns: readonly RegExp[] = [
  // Aug 17, 2026, 1:14:48 PM CEST
  new RegExp(String.raw`^(?<name>\p{L}{3,})\.?\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})${end}`, 'iu'),
  // 15 jun 2026, 20:30:41 CEST; 17. Aug. 2026, 9:05:00
  new RegExp(
    String.raw`^(?<day>\d{1,2})\.?\s+(?:de\s+)?(?<name>\p{L}{3,})\.?,?\s+(?:de\s+)?(?<year>\d{4})${end}`,
    'iu',
  ),
  // 27.08.2026, 20:04:54 MESZ: with full stops the day comes first in every language that writes them
  new RegExp(String.raw`^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})${end}`, 'iu'),
  // 2026年7月30日 00:23:06 CEST, 2026年7月30日 下午1:23:06
  new RegExp(
    String.raw`^(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日,?\s*(?<half>上午|下午|午前|午後)?\s*${clock}${zone}`,
    'iu',
  ),
  // 2026/07/30 0:23:06 JST: with the year first, the month follows
  new RegExp(String.raw`^(?<year>\d{4})[/-](?<month>\d{1,2})[/-](?<day>\d{1,2})${end}`, 'iu'),
];

/** 07/08/2026, 13:14:48: the language decides, unless one of the numbers cannot be a month. */
const numeric = new RegExp(String.raw`^(?<first>\d{1,2})[/-](?<other>\d{1,2})[/-](?<year>\d{4})${end}`, 'iu');

/**
 * @param locale language of the archive, for the order of day and month
 * @returns the instant as RFC 3339 in UTC; undefined without a zone, in an unknown language, or when day and month
 *   could be either
 */
export function localisedInstant(text: string, locale: string | undefined): string | undefined {
  // Marks of writing direction, the Arabic comma and narrow spaces are layout.
  const plain = text
    .replaceAll(/[\u200e\u200f\u061c]/g, '')
    .replaceAll('\u060c', ',')
    .replaceAll(/[\u00a0\u202f\u2003]/g, ' ')
    .trim();
  for (const pattern of patterns) {
    const groups = pattern.exec(plain)?.groups;
    if (groups === undefined) continue;
    const month = groups['name'] === undefined ? Number(groups['month']) : monthOf(groups['name']);
    return month === undefined ? undefined : instant({ ...parts(groups), month });
  }
  const groups = numeric.exec(plain)?.groups;
  if (groups === undefined) return undefined;
  const [first, other] = [Number(groups['first']), Number(groups['other'])];
  const isDayFirst = first > 12 || first === other || (locale !== undefined && dayFirst.has(locale));
  const isMonthFirst = other > 12 || (locale !== undefined && monthFirst.has(locale));
  if (isDayFirst) return instant({ ...parts(groups), day: first, month: other });
  return isMonthFirst ? instant({ ...parts(groups), day: other, month: first }) : undefined;
}

function monthOf(name: string): number | undefined {
  return months[name.toLowerCase().replaceAll('\u0307', '').slice(0, 3)];
}

function parts(groups: Record<string, string | undefined>): Parts {
  const number = (name: string) => Number(groups[name] ?? 0);
  const half = (groups['half'] ?? '').toLowerCase().replaceAll(/[.\s]/g, '');
  const twelve = half === '' ? number('hour') : number('hour') % 12;
  const isAfternoon = ['pm', 'م', 'ös', '午後', '下午'].includes(half);
  return {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    hour: twelve + (isAfternoon ? 12 : 0),
    minute: number('minute'),
    second: number('second'),
    fraction: groups['fraction'] ?? '',
    zone: groups['zone'] ?? '',
  };
}

/** Minutes east of UTC. */
function offsetOf(zone: string): number | undefined {
  const match = /^(?:GMT|UTC)?([+-])(\d{1,2}):?(\d\d)?$/.exec(zone);
  if (match === null) return zones[zone.toUpperCase()];
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}

function instant({ year, month, day, hour, minute, second, fraction, zone }: Parts): string | undefined {
  const offset = offsetOf(zone);
  if (offset === undefined) return undefined;
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal =
    local.getUTCMonth() === month - 1 && local.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!isReal) return undefined;
  const text = new Date(local.getTime() - offset * 60_000).toISOString();
  return fraction === '' ? text : text.replace('.000Z', `.${fraction}Z`);
}
