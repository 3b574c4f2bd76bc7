/** `portage consents pause`, `resume`, `cancel` and `delete`: messages to the workflow of a consent, and their results. */
import type { Command } from 'commander';

import type { Consent } from '../database/consents';
import type { MessageName } from '../temporal/client/consent-messages';
import { jsonOption, type ConsentsContext } from './consents-context';
import { auditRefusal } from './audited';
import { actionOf, confirmed } from './operator';
import { deletedUser, jsonText, printable } from './table';

interface Options {
  readonly json?: true;
  readonly yes?: true;
}

export function addMessageCommands(command: Command, { terminal, run }: ConsentsContext): void {
  const { out, remarks, answers } = terminal;
  for (const [name, { description, question }] of Object.entries(messageWords) as [MessageName, MessageWords][]) {
    const subcommand = command.command(`${name} <consent-id>`).description(description);
    if (question !== undefined)
      subcommand.option('--yes', 'do not ask for confirmation; required when there is no terminal');
    subcommand.addOption(jsonOption()).action((consentId: string, options: Options) =>
      run(async (operator, signal) => {
        const { userId } = await operator.messages.check(consentId, name);
        const notConfirmed = async () => {
          await auditRefusal(operator.portage, { action: actionOf[name], consentId }, 'not_confirmed');
          return 1;
        };
        if (question !== undefined && options.yes === undefined) {
          if (answers === undefined) {
            remarks.write('There is no terminal for the question, so nothing was done. Add --yes to confirm.\n');
            return notConfirmed();
          }
          const asked = `Consent ${consentId} of user ${printable(userId ?? deletedUser)}: this ${question} Continue?`;
          if (!(await confirmed(asked, { answers, remarks }, signal))) {
            remarks.write('Nothing was done.\n');
            return notConfirmed();
          }
        }
        await operator.messages.send(consentId, name);
        const { consent, done } = await operator.messages.follow(consentId, name, signal);
        out.write(options.json ? `${jsonText(answerJson(consent, done))}\n` : answerText(name, consent, done));
        return 0;
      }),
    );
  }
}

interface MessageWords {
  readonly description: string;
  /** The question that the command asks before it sends a message that cannot be undone. */
  readonly question?: string;
  /** The state of the consent after the message has taken effect. */
  readonly done: (consent: Consent) => string;
}

const messageWords: Readonly<Record<MessageName, MessageWords>> = {
  pause: {
    description: 'start no new export; exports that have started continue to their end',
    done: () => 'is paused: no new export starts',
  },
  resume: { description: 'start exports again after a pause', done: () => 'is not paused' },
  cancel: {
    description: 'stop the exports, end the grant at Google and delete its tokens; stored data stays',
    question: 'stops its exports and ends the grant at Google, and cannot be undone; stored data stays.',
    done: ({ state }) => `has ended as ${state}; stored data stays`,
  },
  delete: {
    description: 'do the same as cancel, and also delete the stored data; this works for a consent that has ended too',
    question: 'ends the consent and its grant at Google, deletes all its stored data, and cannot be undone.',
    done: ({ state }) => `has ended as ${state}, and its data is deleted`,
  },
};

function answerText(name: MessageName, consent: Consent, done: boolean): string {
  if (done) return `${consent.id} ${messageWords[name].done(consent)}.\n`;
  return (
    `Temporal has the message. No worker has processed it yet; ${consent.id} is ${consent.state}. The message is processed as ` +
    `soon as a worker runs and Google answers. See "portage consents show ${consent.id}".\n`
  );
}

const answerJson = ({ id, state, pausedAt, endedAt, dataDeletedAt }: Consent, done: boolean) => ({
  id,
  done,
  state,
  pausedAt,
  endedAt,
  dataDeletedAt,
});
