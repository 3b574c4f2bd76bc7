/** The settings of a host app that an operator can change, checked before they are stored. */
import { z } from 'zod';

import type { HostAppSettings } from '../domain/host-app-settings';

const link = z
  .url({ protocol: /^https$/, error: 'is not an https address' })
  .max(500)
  .refine((text) => !URL.canParse(text) || new URL(text).username === '', 'names a user');
const count = (most: number) => z.coerce.number<string | number>({ error: 'is not a number' }).int().min(1).max(most);

/** The settings by name; each also accepts the text of a command line. */
export const hostAppSettings = z.strictObject({
  displayName: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\p{C}]*$/u, 'has characters that cannot be seen'),
  supportUrl: link,
  privacyUrl: link,
  accentColour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'is not a colour such as #1f5fd0')
    .toLowerCase(),
  maxConsents: count(10_000_000),
  maxSessionsPerDay: count(10_000_000),
}) satisfies z.ZodType<Required<HostAppSettings>>;

export type SettingName = keyof typeof hostAppSettings.shape;

/** Settings to change; null removes one. */
export type SettingChanges = Partial<{ readonly [Name in SettingName]: HostAppSettings[Name] | null }>;

/** @throws Error that describes the fault of the text */
export function readSetting<Name extends SettingName>(
  name: Name,
  text: string,
): z.output<(typeof hostAppSettings.shape)[Name]> {
  const read = hostAppSettings.shape[name].safeParse(text);
  if (read.success) return read.data as z.output<(typeof hostAppSettings.shape)[Name]>;
  throw new Error(`"${text.slice(0, 100)}": ${read.error.issues.map(({ message }) => message).join('; ')}`);
}
