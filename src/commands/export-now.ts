/** `portage consents export-now`: asks loops for an export now, and shows each answer. */
import type { Command } from 'commander';

import { PortageError } from '../domain/error-codes';
import type { LoopAnswer } from '../temporal/client/export-now';
import { jsonOption, type ConsentsContext } from './consents-context';
import { jsonText, table } from './table';

interface Options {
  readonly json?: true;
}

export function addExportNowCommand(command: Command, { terminal, run }: ConsentsContext): void {
  const { out, width } = terminal;
  command
    .command('export-now <consent-id> [resource]')
    .description(
      'ask for an immediate export of one resource, or of all; Google’s lock of 24 hours still applies. ' +
        'The exit code is 0 when at least one export started or is pending',
    )
    .addOption(jsonOption())
    .action((consentId: string, resource: string | undefined, options: Options) =>
      run(async ({ messages }) => {
        const answers = await messages.exportNow(consentId, resource);
        out.write(
          options.json
            ? `${jsonText({ consentId, loops: answers.map(answerJson) })}\n`
            : table(['loop', 'answer', 'detail'], answers.map(answerRow), width),
        );
        return answers.some(({ answer }) => answer.kind === 'started' || answer.kind === 'pending') ? 0 : 1;
      }),
    );
}

const answerJson = ({ loop, answer }: LoopAnswer) => ({
  loop,
  answer: answer.kind,
  exportId: answer.kind === 'started' ? answer.exportId : null,
  lockedUntil: answer.kind === 'locked' ? new Date(answer.untilMs) : null,
});

function answerRow({ loop, answer }: LoopAnswer): string[] {
  switch (answer.kind) {
    case 'started':
      return [loop, 'started', `export ${answer.exportId}`];
    case 'locked':
      return [loop, 'locked', `until ${new Date(answer.untilMs).toISOString()}; then the export starts`];
    case 'paused':
      return [loop, 'paused', 'see "portage consents resume"'];
    case 'ended':
      return [loop, 'ended', 'there are no more exports'];
    case 'pending':
      return [loop, 'pending', 'the loop has received the request; Google has not answered yet'];
    case 'unanswered':
      return [loop, 'unanswered', new PortageError('NO_WORKER').remedy];
    case 'not_running':
      return [loop, 'not running', 'the loop has ended or has not started; see "portage consents show"'];
  }
}
