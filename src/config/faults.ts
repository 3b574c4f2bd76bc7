/** The messages about a faulty variable, and about one that looks like a misspelt one of Portage's. */
import { ConfigError } from './config-error';
import type { Environment } from './environment';
import { findMisspelt } from './misspelt-variables';
import { secretVariables } from './secret-variables';
import { variables } from './variables';

/** One line for each issue of a variable's schema. @param text the variable's value */
export function faultsOf(
  name: string,
  text: string | undefined,
  issues: readonly { readonly message: string }[],
): string[] {
  return issues.map(({ message }) => `${name} ${shown(name, text)}${message}`);
}

export function misspeltFaults(environment: Environment): string[] {
  return findMisspelt(environment, Object.keys(variables)).map(({ name, meant }) => {
    const ours = meant.join(' or ');
    return `${name} is no variable of Portage; write ${ours}. If it is another program’s, set ${ours} as well`;
  });
}

/** @throws ConfigError when a variable looks like a misspelt one of Portage's */
export function refuseMisspelt(environment: Environment): void {
  const faults = misspeltFaults(environment);
  if (faults.length > 0) throw new ConfigError(faults);
}

/** The value in quotes, unless it may be a secret. */
function shown(name: string, text: string | undefined): string {
  // A URL may contain a password before its host, also in a variable that should not have one.
  const secret = (secretVariables as readonly string[]).includes(name) || text?.includes('@') === true;
  return text === undefined || secret ? '' : `"${text}" `;
}
