/** `portage consents pause`, `resume`, `cancel` and `delete`: messages to the workflow of a consent, and what came of them. */
import type { Command } from 'commander';

import type { Consent } from '../database/consents';
import type { MessageName } from '../temporal/client/consent-messages';
import { jsonOption, type ConsentsContext } from './consents-context';
import { confirmed } from './operator';
import { jsonText, printable } from './table';

interface Options {
  readonly json?: true;
  readonly yes?: true;
}

export function addMessageCommands(command: Command, { terminal, run }: ConsentsContext): void {
  const { out, remarks, answers } = terminal;
  for (const [name, { description, question }] of Object.entries(messageWords) as [MessageName, MessageWords][]) {
    const subcommand = command.command(`${name} <consent-id>`).description(description);
    if (question !== undefined) subcommand.option('--yes', 'do not ask; needed where no terminal is there to ask on');
    subcommand.addOption(jsonOption()).action((consentId: string, options: Options) =>
      run(async (operator, signal) => {
        const { userId } = await operator.messages.check(consentId, name);
        if (question !== undefined && options.yes === undefined) {
          if (answers === undefined) {
            remarks.write('There is no terminal to ask on, so nothing was done. Add --yes to do it.\n');
            return 1;
          }
          const asked = `Consent ${consentId} of user ${printable(userId)}: this ${question} Go on?`;
          if (!(await confirmed(asked, { answers, remarks }, signal))) {
            remarks.write('Nothing was done.\n');
            return 1;
          }
        }
        await operator.messages.tell(consentId, name);
        const { consent, done } = await operator.messages.follow(consentId, name, signal);
        out.write(options.json ? `${jsonText(answerJson(consent, done))}\n` : answerText(name, consent, done));
        return 0;
      }),
    );
  }
}

interface MessageWords {
  readonly description: string;
  /** What is asked about before, since it cannot be undone. */
  readonly question?: string;
  /** How the consent is, once it has been done. */
  readonly done: (consent: Consent) => string;
}

const messageWords: Readonly<Record<MessageName, MessageWords>> = {
  pause: {
    description: 'start no new export; one under way is brought home',
    done: () => 'is paused: no new export is started',
  },
  resume: { description: 'go on after a pause', done: () => 'is not paused' },
  cancel: {
    description: 'stop the exports, give the grant back to Google and forget it; what was stored stays',
    question: 'stops its exports and gives the grant back to Google, for good; what was stored stays.',
    done: ({ state }) => `has ended as ${state}; what was stored stays`,
  },
  delete: {
    description: 'as cancel, and delete everything that was stored; also of a consent that has ended',
    question: 'ends it, gives the grant back to Google and deletes everything that was stored of it, for good.',
    done: ({ state }) => `has ended as ${state}, and its data is deleted`,
  },
};

function answerText(name: MessageName, consent: Consent, done: boolean): string {
  if (done) return `${consent.id} ${messageWords[name].done(consent)}.\n`;
  return (
    `Temporal has the message; ${consent.id} is ${consent.state} and has not followed it yet. It does so as soon as a ` +
    `worker is there and Google answers. See "portage consents show ${consent.id}".\n`
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
