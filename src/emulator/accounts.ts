/** The invented people who have an account at the emulated Google: one per language, and those whom Google refuses. */
import { z } from 'zod';
import type { Account } from './state';

export const accountSchema = z.strictObject({
  email: z.email(),
  name: z.string().min(1),
  locale: z.enum(['en', 'de', 'nl', 'ja']).default('en'),
  accountCountry: z.string().length(2).default('IE'),
  addressCountry: z.string().length(2).optional(),
  under18: z.boolean().default(false),
  advancedProtection: z.boolean().default(false),
  blockedByAdministrator: z.boolean().default(false),
  emptyResources: z.array(z.string()).default([]),
  /** How many days before the emulator's first start the person began to use Google. */
  historyDays: z.number().int().min(0).max(20_000).default(90),
});

export type AccountOrder = z.input<typeof accountSchema>;

const defaults: AccountOrder[] = [
  { email: 'ada@example.com', name: 'Ada Byrne', locale: 'en', accountCountry: 'IE' },
  { email: 'bruno@example.de', name: 'Bruno Keller', locale: 'de', accountCountry: 'DE' },
  { email: 'carlijn@example.nl', name: 'Carlijn de Vries', locale: 'nl', accountCountry: 'NL' },
  { email: 'daiki@example.com', name: 'Daiki Mori', locale: 'ja', accountCountry: 'FR' },
  { email: 'young@example.com', name: 'Young Person', under18: true },
  { email: 'guarded@example.com', name: 'Guarded Person', advancedProtection: true },
  { email: 'abroad@example.com', name: 'Abroad Person', accountCountry: 'US' },
  { email: 'worker@example.com', name: 'Managed Person', blockedByAdministrator: true },
];

const day = 86_400_000;

/** @param now the emulator's current time in milliseconds */
export function makeAccount(order: AccountOrder, accountId: string, now: number): Account {
  const { historyDays, addressCountry, ...facts } = accountSchema.parse(order);
  return {
    accountId,
    ...facts,
    addressCountry: addressCountry ?? facts.accountCountry,
    activeSinceDay: Math.floor(now / day) - historyDays,
    uploads: {},
  };
}

export function makeAccounts(orders: AccountOrder[] | undefined, now: number): Account[] {
  return (orders ?? defaults).map((order, index) => makeAccount(order, String(index + 1), now));
}

/** Where the Data Portability API is offered: EU and EEA, Switzerland, United Kingdom (docs/google-api.md §12). */
const servedCountries = new Set(
  'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
);

export function isServedCountry(country: string): boolean {
  return servedCountries.has(country);
}
