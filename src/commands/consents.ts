/** `portage consents`: what operators see of consents, and what they tell them. */
import { Command, InvalidArgumentError, Option } from 'commander';

import type { MessageName } from '../temporal/client/consent-messages';
import type { LoopAnswer } from '../temporal/client/export-now';
import type { Consent } from '../database/consents';
import { PortageError } from '../domain/errors';
import { consentStates } from '../domain/states';
import { listColumns, listConsents, listRow, type ConsentFilter } from './consent-list';
import { reportConsent, reportJson } from './consent-report';
import { reportText } from './consent-report-text';
import type { CommandContext } from './context';
import { listStuck, stuckColumns, stuckRows } from './stuck-consents';
import { confirmed, withOperator, type Operator } from './operator';
import { jsonText, printable, table } from './table';

interface Options {
  json?: true;
  yes?: true;
}

/** Opens what the commands stand on for the time of one piece of work. */
export type OpenOperator = <T>(work: (operator: Operator) => Promise<T>) => Promise<T>;

const mostListed = 1_000;

export function consentsCommand(
  context: CommandContext,
  open: OpenOperator = (work) => withOperator(context, work),
): Command {
  const { out, remarks, width, answers } = context.terminal;
  const command = new Command('consents').description(
    'list consents, look at one, and tell it what to do; times are UTC',
  );
  const json = () => new Option('--json', 'print the result as JSON');
  const run = (work: (operator: Operator, signal: AbortSignal) => Promise<number>) =>
    context.untilSignalled((signal) => open((operator) => work(operator, signal)));

  command
    .command('list')
    .description('list consents, newest first, from the database')
    .addOption(new Option('--state <state>', 'only those in this state').choices(consentStates))
    .option('--user <user-id>', 'only those of this user of the host app')
    .option('--limit <number>', `how many at most, up to ${mostListed}`, parseLimit, 50)
    .option('--before <consent-id>', 'only those older than this one: the next page')
    .addOption(
      new Option('--stuck', 'only live ones that do not get on, oldest first, with the step that fails').conflicts([
        'state',
        'before',
      ]),
    )
    .addOption(json())
    .action((options: ConsentFilter & Options & { stuck?: true }) =>
      run(async (operator) => {
        if (options.stuck) {
          const stuck = await listStuck(operator, options);
          if (options.json) out.write(`${jsonText({ consents: stuck })}\n`);
          else if (stuck.length === 0) remarks.write('Every live consent gets on.\n');
          else out.write(table(stuckColumns, stuck.flatMap(stuckRows), width));
          return 0;
        }
        const { portage } = operator;
        const list = await listConsents(portage, options);
        if (options.json) out.write(`${jsonText(list)}\n`);
        else if (list.consents.length === 0) remarks.write('There is no such consent.\n');
        else out.write(table(listColumns, list.consents.map(listRow), width));
        if (list.nextBefore !== null && !options.json) remarks.write(`More: add --before ${list.nextBefore}\n`);
        return 0;
      }),
    );

  command
    .command('show <consent-id>')
    .description('show a consent, its loops, its latest exports and events; what Temporal says where it can be asked')
    .addOption(json())
    .action((consentId: string, options: Options) =>
      run(async (operator) => {
        const report = await reportConsent(operator, consentId);
        out.write(options.json ? `${jsonText(reportJson(report))}\n` : reportText(report, width));
        return 0;
      }),
    );

  for (const [name, { description, question }] of Object.entries(tellings) as [MessageName, Telling][]) {
    const telling = command.command(`${name} <consent-id>`).description(description);
    if (question !== undefined) telling.option('--yes', 'do not ask; needed where no terminal is there to ask on');
    telling.addOption(json()).action((consentId: string, options: Options) =>
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
        out.write(options.json ? `${jsonText(toldJson(consent, done))}\n` : toldText(name, consent, done));
        return 0;
      }),
    );
  }

  command
    .command('export-now <consent-id> [resource]')
    .description(
      'wish for an export now, of one resource or of all; Google’s lock of 24 hours stays. ' +
        'Exit code 0 when at least one was started',
    )
    .addOption(json())
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

  return command;
}

interface Telling {
  readonly description: string;
  /** What is asked about before, since it cannot be undone. */
  readonly question?: string;
  /** How the consent is, once it has been done. */
  readonly done: (consent: Consent) => string;
}

const tellings: Readonly<Record<MessageName, Telling>> = {
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

function toldText(name: MessageName, consent: Consent, done: boolean): string {
  if (done) return `${consent.id} ${tellings[name].done(consent)}.\n`;
  return (
    `Temporal has the message; ${consent.id} is ${consent.state} and has not followed it yet. It does so as soon as a ` +
    `worker is there and Google answers. See "portage consents show ${consent.id}".\n`
  );
}

const toldJson = ({ id, state, pausedAt, endedAt, dataDeletedAt }: Consent, done: boolean) => ({
  id,
  done,
  state,
  pausedAt,
  endedAt,
  dataDeletedAt,
});

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
      return [loop, 'locked', `until ${new Date(answer.untilMs).toISOString()}, when it goes on by itself`];
    case 'paused':
      return [loop, 'paused', 'see "portage consents resume"'];
    case 'ended':
      return [loop, 'ended', 'nothing more is exported'];
    case 'pending':
      return [loop, 'pending', 'it has the wish; Google has not answered yet'];
    case 'unanswered':
      return [loop, 'unanswered', new PortageError('NO_WORKER').remedy];
    case 'not_running':
      return [loop, 'not running', 'it has ended, or has not begun; see "portage consents show"'];
  }
}

function parseLimit(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > mostListed)
    throw new InvalidArgumentError(`It is not a whole number from 1 to ${mostListed}.`);
  return value;
}
