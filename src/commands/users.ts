/** `portage users`: ends and deletes everything of one user of a host app. */
import { Command } from 'commander';

import type { HostApp } from '../database/host-apps';
import { createUserDeletion, type UserDeletionRequested } from '../temporal/client/user-deletion';
import type { CommandContext } from './context';
import { audited, auditRefusal } from './audited';
import { confirmed, withOperator, type Operator } from './operator';
import type { OpenOperator } from './consents';
import { jsonOption } from './consents-context';
import { jsonText, printable } from './table';

interface Options {
  readonly hostApp?: string;
  readonly json?: true;
  readonly yes?: true;
}

export function usersCommand(
  context: CommandContext,
  open: OpenOperator = (work) => withOperator(context, work),
): Command {
  const { out, remarks, answers } = context.terminal;
  const command = new Command('users').description('delete everything of a user');

  command
    .command('delete <user-id>')
    .description(
      'end all consents of a user of one host app, reset their authorization, and delete everything of the user',
    )
    .option('--host-app <name>', 'the host app of the user; required when there are several host apps')
    .option('--yes', 'do not ask for confirmation; required when there is no terminal')
    .addOption(jsonOption())
    .action((userId: string, options: Options) =>
      context.untilSignalled((signal) =>
        open(async (operator) => {
          const chosen = choose(await operator.portage.hostApps.list(), options.hostApp);
          const action = 'user.deletion_requested';
          if (typeof chosen === 'string') {
            if (options.hostApp !== undefined) await auditRefusal(operator.portage, { action }, 'NOT_FOUND');
            remarks.write(chosen);
            return 1;
          }
          const entry = { action, details: { hostAppId: chosen.id } } as const;
          const notConfirmed = async () => {
            await auditRefusal(operator.portage, entry, 'not_confirmed');
            return 1;
          };
          const named = `user ${printable(userId)} of ${printable(chosen.name)}`;
          if (options.yes === undefined) {
            if (answers === undefined) {
              remarks.write('There is no terminal for the question, so nothing was done. Add --yes to confirm.\n');
              return notConfirmed();
            }
            const asked =
              `Everything of ${named}: this ends all consents and their grants at Google, deletes all stored data and ` +
              'every field that identifies the user, and cannot be undone. Continue?';
            if (!(await confirmed(asked, { answers, remarks }, signal))) {
              remarks.write('Nothing was done.\n');
              return notConfirmed();
            }
          }
          const { consents, dataDeletion, now } = operator.portage;
          const deleteUser = createUserDeletion({ ...operator, consents, dataDeletion, now });
          const requested = await audited(operator.portage, entry, () => deleteUser({ hostAppId: chosen.id, userId }));
          const deleted = await follow(operator, requested, (line) => remarks.write(line), signal);
          const left = requested.consentIds.filter((id) => !deleted.includes(id));
          if (options.json) out.write(`${jsonText({ userId, ...requested, deleted, left })}\n`);
          else out.write(lastLine(named, requested, left));
          return 0;
        }),
      ),
    );

  return command;
}

/** @returns the host app, or a message when none is chosen */
function choose(hostApps: readonly HostApp[], name: string | undefined): HostApp | string {
  const [only] = hostApps;
  if (name === undefined) {
    if (only !== undefined && hostApps.length === 1) return only;
    const names = hostApps.map((each) => printable(each.name)).join(', ');
    return only === undefined
      ? 'There is no host app, so there is no user.\n'
      : `There are several host apps: ${names}. Say whose user it is with --host-app.\n`;
  }
  const hostApp = hostApps.find((each) => each.name === name || each.id === name);
  return hostApp ?? `There is no host app ${printable(name)}; see "portage host-apps list".\n`;
}

/**
 * Waits for the deletions one after the other, until one exceeds the time for an answer. @returns the deleted consents
 */
async function follow(
  { messages }: Operator,
  { consentIds }: UserDeletionRequested,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const deleted: string[] = [];
  for (const id of consentIds) {
    const { done } = await messages.follow(id, 'delete', signal);
    if (!done) break;
    deleted.push(id);
    say(`${id} has ended and is deleted (${deleted.length} of ${consentIds.length}).\n`);
  }
  return deleted;
}

function lastLine(named: string, { consentIds, answered }: UserDeletionRequested, left: readonly string[]): string {
  const rest = answered === 0 ? '' : ` ${answered} of Google’s answers is being stored, and is deleted then.`;
  if (left.length === 0 && answered === 0) {
    const all = consentIds.length === 1 ? '1 consent' : `${consentIds.length} consents`;
    return `Everything of ${named} is deleted: ${all}.\n`;
  }
  return (
    `The deletion of ${named} is stored and continues: ${left.length} of ${consentIds.length} consents are not deleted yet.` +
    `${rest} They are deleted as soon as a worker runs and Google answers. Repeat the command to see the progress.\n`
  );
}
