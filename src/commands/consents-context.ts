/** The context of every subcommand of `portage consents`. */
import { Option } from 'commander';

import type { CommandContext } from './context';
import type { Operator } from './operator';

export interface ConsentsContext {
  readonly terminal: CommandContext['terminal'];
  /** Runs one piece of work until a signal arrives. @param work returns the exit code */
  readonly run: (work: (operator: Operator, signal: AbortSignal) => Promise<number>) => Promise<void>;
}

export const jsonOption = () => new Option('--json', 'print the result as JSON');
