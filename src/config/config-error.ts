/** All faults of a configuration in one error. */
/** Thrown by `loadConfig`: one line for each fault, with the variable's name, the fault and the remedy. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n  ${faults.join('\n  ')}`,
    );
  }
}
