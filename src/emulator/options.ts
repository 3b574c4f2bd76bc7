/** The options of the emulator at its start. */
import type { RequestListener, Server } from 'node:http';
import { z } from 'zod';
import { accountSchema } from './accounts';
import { clientSchema } from './clients';
import type { ClockSetting } from './clock';
import type { LoggedRequest } from './http/request-log';
import { jobSettingsSchema } from './job-settings';

const loopback = /^(127\.|localhost$|::1$)/;

/** A socket that already listens, on which the emulator is to answer, and which it closes at its end. */
export interface OpenSocket {
  readonly port: number;
  readonly server: Server;
  serve(app: RequestListener): void;
  close(): Promise<void>;
}

const optionsSchema = z.strictObject({
  host: z.string().default('127.0.0.1'),
  /** 0 takes a free port. */
  port: z.number().int().min(0).max(65_535).default(0),
  /** Used in place of a port. */
  socket: z.custom<OpenSocket>((value) => typeof value === 'object').optional(),
  /** Base URL as callers reach the emulator, where it differs from host and port (containers). */
  publicUrl: z
    .url()
    .transform((url) => url.replace(/\/$/, ''))
    .optional(),
  clients: z.array(clientSchema).min(1),
  /** Same seed and clock, same archives, byte for byte. */
  seed: z.string().default('portage'),
  accounts: z.array(accountSchema).min(1).optional(),
  /** Answers with these files instead of generated ones. */
  archivesDir: z.string().optional(),
  /** Keeps the state across restarts. */
  stateFile: z.string().optional(),
  /** How long an archive job takes on the emulator's clock. */
  jobDurationMs: z.number().int().min(0).default(1_200_000),
  /** Further settings of the first jobs; see the control plane. */
  jobs: jobSettingsSchema.partial().optional(),
  /** Length of Google's day: locks, links, consents and archives last that much shorter. */
  dayMs: z.number().int().min(1000).default(86_400_000),
  clock: z.custom<ClockSetting>((value) => typeof value === 'object').default({ mode: 'real' }),
  switches: z.enum(['documented', 'reported', 'strict']).default('documented'),
  longestAuthorizeUrl: z.number().int().min(0).default(4096),
  /** Called for every request as it arrives. */
  logRequests: z.custom<(entry: LoggedRequest) => void>((value) => typeof value === 'function').optional(),
  /** The control plane and the overview; by default only when bound to the loopback interface. */
  control: z.boolean().optional(),
});

export type EmulatorOptions = z.input<typeof optionsSchema>;
export type SettledOptions = z.infer<typeof optionsSchema> & { control: boolean };

/** Checks the options and fills in the rest. Throws a ZodError that names every fault. */
export function readOptions(wanted: EmulatorOptions): SettledOptions {
  const options = optionsSchema.parse(wanted);
  return { ...options, control: options.control ?? loopback.test(options.host) };
}
