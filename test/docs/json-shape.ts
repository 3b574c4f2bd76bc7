/** Compares an answer that the documentation shows with a real one. */

const time = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/**
 * Both must have the same keys with values of the same type, and strings must be equal, except:
 *
 * - `…` in a shown string means any text, and a shown time for any time;
 * - a shown object with the key `…` may leave keys out;
 * - each element of a real array is compared with the first one that is shown.
 *
 * @returns where they differ, such as `exports[0].id: …`; empty when they do not
 */
export function differences(shown: unknown, real: unknown, at = 'answer'): string[] {
  if (Array.isArray(shown) && Array.isArray(real)) {
    if ((shown.length === 0) !== (real.length === 0)) return [differ(shown, real, at)];
    return real.flatMap((element, index) => differences(shown[0], element, `${at}[${index}]`));
  }
  if (isObject(shown) && isObject(real)) {
    const keys = Object.keys(shown).filter((key) => key !== '…');
    const hidden = '…' in shown ? [] : Object.keys(real).filter((key) => !(key in shown));
    return [
      ...keys.flatMap((key) =>
        key in real
          ? differences(shown[key], real[key], `${at}.${key}`)
          : [`${at}.${key} is shown, and not in the real answer`],
      ),
      ...hidden.map((key) => `${at}.${key} is in the real answer, as ${JSON.stringify(real[key])}, and not shown`),
    ];
  }
  const same =
    typeof shown === 'string' && typeof real === 'string' ? textFits(shown, real) : kindOf(shown) === kindOf(real);
  return same ? [] : [differ(shown, real, at)];
}

function textFits(shown: string, real: string): boolean {
  if (time.test(shown)) return time.test(real);
  const pattern = shown.split('…').map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[^]*')}$`).test(real);
}

const isObject = (value: unknown): value is Record<string, unknown> => kindOf(value) === 'object';

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const differ = (shown: unknown, real: unknown, at: string): string =>
  `${at} is shown as ${JSON.stringify(shown)}; the real answer is ${JSON.stringify(real)}`;
