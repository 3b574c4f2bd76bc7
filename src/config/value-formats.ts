/** The formats of variables' values, and the messages for values in another format. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

import ipaddr from 'ipaddr.js';
import ms, { type StringValue } from 'ms';
import { z } from 'zod';

import { parseStorageUrl, type StorageLocation } from '../storage/location';

/** A duration such as `5 minutes`, in milliseconds. */
export const duration = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const value = ms(text as StringValue) as number | undefined;
      if (value !== undefined && Number.isFinite(value) && value >= 1) return value;
      context.addIssue({ code: 'custom', message: `is not a duration; write for example "${fallback}"` });
      return z.NEVER;
    });

/** A duration that is not longer than `longest`. */
export const durationUpTo = (fallback: string, longest: StringValue) =>
  duration(fallback).refine((value) => value <= ms(longest), { message: `is longer than ${longest}` });

/** A duration in milliseconds, or undefined for `never`. */
export const durationOrNever = z
  .string()
  .default('never')
  .transform((text, context) => {
    if (text === 'never') return undefined;
    const value = ms(text as StringValue) as number | undefined;
    if (value !== undefined && Number.isFinite(value) && value >= 1) return value;
    context.addIssue({ code: 'custom', message: 'is not a duration; write "never", or for example "30 days"' });
    return z.NEVER;
  });

/** Several durations, longest first. */
export const durations = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const values = text.split(',').map((part) => ms(part.trim() as StringValue) as number | undefined);
      if (values.every((value) => value !== undefined && Number.isFinite(value) && value >= 1)) {
        return (values as number[]).sort((a, b) => b - a);
      }
      context.addIssue({ code: 'custom', message: `is not a list of durations; write for example "${fallback}"` });
      return z.NEVER;
    });

const units: Readonly<Record<string, number>> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/** A number of bytes, such as `16 MiB`. */
export const size = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const [, number, unit] = /^(\d{1,12}(?:\.\d+)?) ?([KMGT]iB)?$/.exec(text.trim()) ?? [];
      const bytes = Math.floor(Number(number) * (units[unit ?? ''] ?? 1));
      if (bytes >= 1 && Number.isSafeInteger(bytes)) return bytes;
      context.addIssue({ code: 'custom', message: `is not a size; write for example "${fallback}"` });
      return z.NEVER;
    });

export const atLeastOne = (fallback: number, most = Number.MAX_SAFE_INTEGER) => {
  const error =
    most === Number.MAX_SAFE_INTEGER ? 'is not a whole number from 1' : `is not a whole number from 1 to ${most}`;
  return z.coerce.number({ error }).int(error).min(1, error).max(most, error).default(fallback);
};

const notAPort = 'is not a port; write a whole number from 1 to 65535';
export const port = (fallback: number) =>
  z.coerce.number({ error: notAPort }).int(notAPort).min(1, notAPort).max(65_535, notAPort).default(fallback);

const notARate = 'is not a number of calls; write a whole number from 1 to 1000000';
export const callRate = (fallback: number) =>
  z.coerce.number({ error: notARate }).int(notARate).min(1, notARate).max(1_000_000, notARate).default(fallback);

/** Names with commas between them; spaces around a name do not count. */
const names = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );

/** Names of networks that Express accepts (https://expressjs.com/en/guide/behind-proxies.html). */
const namedNetworks = new Set(['loopback', 'linklocal', 'uniquelocal']);
const isNetwork = (name: string) => namedNetworks.has(name) || isIP(name) !== 0 || ipaddr.isValidCIDR(name);

/** Addresses and networks with commas between them. */
export const proxies = names.pipe(
  z.array(
    z
      .string()
      .refine(
        isNetwork,
        'holds a value that is neither an address nor a network; write for example "loopback, 10.0.0.0/8"',
      ),
  ),
);

/** Networks with commas between them. */
export const networks = names.pipe(
  z.array(
    z.string().refine(ipaddr.isValidCIDR, 'holds a text that is no network; write for example "10.0.0.0/8, ::1/128"'),
  ),
);

/** A web address, without the slash at its end. */
export const webUrl = z
  .url({ protocol: /^https?$/, error: 'is not an http(s) URL; write for example "https://portage.example.com"' })
  .transform((url) => url.replace(/\/+$/, ''));

/** A password with a `/` would otherwise be read, and shown in messages, as the name of a database. */
const hasPasswordInPath = (url: string) => new URL(url).pathname.includes('@');

export const postgresUrl = z
  .url({
    protocol: /^postgres(ql)?$/,
    error: 'is not a postgres:// URL; write for example "postgres://user:password@db:5432/portage"',
    abort: true,
  })
  .refine((url) => !hasPasswordInPath(url), 'has an "@" after a "/"; write a "/" in the password as "%2F"');

export const hostAndPort = z.string().regex(/^[^/\s]+:\d+$/, 'is not host:port; write for example "localhost:7233"');

/** The content of a PEM file that `parse` can read. @param what describes the file */
const pemFile = (what: string, parse: (pem: Buffer) => unknown) =>
  z.string().transform((path, context) => {
    try {
      const pem = readFileSync(path);
      parse(pem);
      return pem;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const isUnread = code !== undefined && /^E[A-Z]+$/.test(code) && !code.startsWith('ERR_');
      const message = isUnread
        ? `cannot be read (${code}); name a file that this user can read`
        : `holds no ${what}; name a file in PEM`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  });

export const certificateFile = pemFile('certificate', (pem) => new X509Certificate(pem));
export const privateKeyFile = pemFile('private key without a passphrase', (pem) => createPrivateKey(pem));

export const kmsKeyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
    'is not the ARN of a KMS key; write for example "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-…"',
  );

export const projectNumber = z
  .string()
  .regex(/^\d+$/, 'is not a project number; write the digits of "Project number" in the console, not the project ID');

const resourceName = z
  .string()
  .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)+$/, 'holds a name that is not like "myactivity.search"');

/** Names of resources with commas between them. */
export const resourceNames = names.pipe(z.array(resourceName));

/** The settings that server and worker refuse unless they are named in `ALLOW_UNSAFE`. */
export const unsafeSettings = [
  'emulator',
  'plain-http',
  'weak-vault-key',
  'readable-payloads',
  'unsealed-payloads',
  'database-without-tls',
  'storage-without-tls',
  'kms-without-tls',
] as const;
export type UnsafeSetting = (typeof unsafeSettings)[number];

export const unsafeSettingNames = names.pipe(
  z.array(z.enum(unsafeSettings, { error: `holds a name that is none of ${unsafeSettings.join(', ')}` })),
);

/** The id of a key, and its 32 bytes in base64. */
const vaultKey = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/;

export const vaultKeys = z
  .string({ error: 'is missing; make one with: echo "VAULT_KEYS=k1:$(openssl rand -base64 32)"' })
  .transform((text, context) => {
    const keys = text.split(',').map((entry) => vaultKey.exec(entry.trim()));
    const parsed = keys.flatMap((match) =>
      match?.[1] !== undefined && match[2] !== undefined
        ? [{ id: match[1], key: Buffer.from(match[2], 'base64') }]
        : [],
    );
    if (parsed.length !== keys.length) {
      context.addIssue({
        code: 'custom',
        message:
          'is not a comma-separated list of <id>:<32 bytes in base64>; make one with: echo "k1:$(openssl rand -base64 32)"',
      });
    }
    if (new Set(parsed.map(({ id }) => id)).size !== parsed.length) {
      context.addIssue({ code: 'custom', message: 'names the same key id twice; give each key its own id' });
    }
    return parsed;
  });

export const storageLocation = z.string().transform((text, context): StorageLocation => {
  try {
    return parseStorageUrl(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});
