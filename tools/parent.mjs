// Ends this program when the npm that started it goes away, so that `kill -9` of npm leaves nothing running.
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';

/**
 * Checks once a second whether the starter still runs; when it does not, sends this process SIGTERM, once.
 *
 * npm starts scripts through a shell, and some shells stay in between: then the shell's parent counts, because the
 * shell outlives it, waiting for this process.
 */
export function endWithParent() {
  const shell = process.ppid;
  const npm = isShell(shell) ? parentOf(shell) : undefined;
  const timer = setInterval(() => {
    if (process.ppid === shell && (npm === undefined || isAlive(npm))) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 1000);
  timer.unref();
}

function isShell(pid) {
  return /^-?(ba|da|a|z|k)?sh$/.test(ask(pid, 'comm').split('/').pop() ?? '');
}

function parentOf(pid) {
  const parent = Number(ask(pid, 'ppid'));
  return Number.isInteger(parent) && parent > 1 ? parent : undefined;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return ask(pid, 'state') !== 'Z';
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}

/** One fact about a process: from /proc where there is one (no `ps` in slim containers), else from `ps`. */
function ask(pid, fact) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name is in brackets and may contain anything, so the fields are counted from its last bracket.
    const [state = '', ppid = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { comm: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')), state, ppid }[fact];
  } catch {
    if (fact === 'state') return '';
    try {
      return execFileSync('ps', ['-o', `${fact}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
    } catch {
      return '';
    }
  }
}
