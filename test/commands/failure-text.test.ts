// The text of a failed command: a message with a remedy, and a stack only on request.
import { failureText } from '../../src/commands/failure-text';
import { ConfigError } from '../../src/config';
import { DatabaseUnusable } from '../../src/database/open-database';
import { PortageError } from '../../src/domain/error-codes';

const hint = 'With LOG_LEVEL=debug, the command prints a stack trace.';

describe('a failure', () => {
  it.each<[Error, string | RegExp]>([
    [new ConfigError(['PORT is wrong']), 'The configuration has a fault:\n  PORT is wrong'],
    [new DatabaseUnusable('It is away.', { cause: new Error('inner') }), 'It is away.'],
    [new PortageError('CONSENT_UNKNOWN', { detail: 'con_1' }), /^There is no such consent.*\.\nLook for its id/],
  ])('that a person can fix is described: %s', (error, words) => {
    const text = failureText(error, false);
    if (typeof words === 'string') expect(text).toBe(words);
    else expect(text).toMatch(words);
    expect(text).not.toContain('    at ');
  });

  it('that is unknown is printed with the messages of its causes, and how to see more', () => {
    const inner = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const error = new Error('it broke', { cause: new Error('since this broke', { cause: inner }) });
    expect(failureText(error, false)).toBe(
      `it broke\nCaused by: since this broke\nCaused by: connect ECONNREFUSED\n${hint}`,
    );
    const long = failureText(error, true);
    expect(long.split('\n    at ').length).toBeGreaterThan(3);
    expect(long).not.toContain(hint);
  });

  it('without a message is printed by its name and code; a value that is no error, as it is', () => {
    const empty = new AggregateError([new Error('one')], '');
    expect(failureText(Object.assign(empty, { code: 'ECONNREFUSED' }), false)).toBe(
      `AggregateError ECONNREFUSED\n${hint}`,
    );
    expect(failureText('a text', false)).toBe(`a text\n${hint}`);
  });

  it('never shows a secret in it', () => {
    const error = new Error('GET https://storage.example/object?signature=abc failed for Bearer ya29.secret-value');
    for (const withStack of [false, true]) {
      expect(failureText(error, withStack)).not.toMatch(/abc|secret-value/);
    }
  });
});
