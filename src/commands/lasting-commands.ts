/**
 * The long-running subcommands, each in its own process. Each one is loaded when it is called: the emulator needs none
 * of the rest.
 */
import { isForDevelopment } from './development-parts';
import type { LoadCommand } from './program';

const developmentCommands: Readonly<Record<string, LoadCommand>> = {
  dev: async (context) => (await import('./dev.js')).devCommand(context),
  emulator: async (context) => (await import('./emulator.js')).emulatorCommand(context),
};

export const lastingCommands: Readonly<Record<string, LoadCommand>> = {
  server: async (context) => (await import('./server.js')).serverCommand(context),
  worker: async (context) => (await import('./worker.js')).workerCommand(context),
  ...(isForDevelopment ? developmentCommands : {}),
};
