/** What is wrong with a configuration, all of it at once. */
/** Thrown by `loadConfig`: one line for each fault, with the variable's name, what is wrong and what helps. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n  ${faults.join('\n  ')}`,
    );
  }
}
