/** A command of `portage` carried out in the test's own process, which costs a fraction of a process of its own. */
import { PassThrough } from 'node:stream';

import { carryOut } from '../../src/commands/serve-commands';

export interface CommandResult {
  readonly code: number;
  /** Its output: answers and remarks in their order. */
  readonly output: string;
}

/**
 * @param words the arguments of the program, such as `['verify', exportId]`
 * @param environment its whole environment
 */
export async function runCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<CommandResult> {
  let output = '';
  const stream = () => new PassThrough().on('data', (chunk: Buffer) => (output += chunk.toString()));
  const terminal = { out: stream(), remarks: stream(), width: undefined, answers: undefined };
  const request = { arguments: [...words], withStacks: false };
  const code = await carryOut(request, terminal, { environment }, new AbortController().signal);
  for (const each of [terminal.out, terminal.remarks]) await new Promise<void>((ended) => each.end(ended));
  return { code, output };
}
