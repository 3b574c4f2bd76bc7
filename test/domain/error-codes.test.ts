// The closed table of errors: every code has a meaning and a remedy, and none contains a secret.
import { inspect } from 'node:util';

import { errorTable, isErrorCode, PortageError, type ErrorCode } from '../../src/domain/error-codes';

const codes = Object.keys(errorTable) as ErrorCode[];

describe('every error code', () => {
  it.each(codes)('%s has a message, a remedy and an HTTP status that fits', (code) => {
    const { message, remedy, status, retryable } = errorTable[code];
    expect(message).toMatch(/^[A-Z].*[^.]$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
    // A declined consent is no error of the page that shows it.
    if (status !== 200) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
    }
    // An error that may succeed later is not the caller's fault, except too many requests (429).
    expect(retryable && status < 500 && status !== 429).toBe(false);
  });

  it('is recognised when it comes back as text, and nothing else is', () => {
    for (const code of codes) expect(isErrorCode(code)).toBe(true);
    for (const other of ['', 'toString', '__proto__', 'constructor', 'grant_ended', 7, null, undefined]) {
      expect(isErrorCode(other)).toBe(false);
    }
  });
});

describe('an error', () => {
  const cause = Object.assign(new Error('sent ya29.token'), { config: { headers: { authorization: 'ya29.token' } } });

  it('has the words of its code, and a detail behind them', () => {
    expect(new PortageError('STORAGE_FULL').message).toBe(errorTable.STORAGE_FULL.message);
    const error = new PortageError('STORAGE_FULL', { detail: 'ENOSPC', retryAfterMs: 5_000 });
    expect(error).toMatchObject({
      name: 'PortageError',
      code: 'STORAGE_FULL',
      message: `${errorTable.STORAGE_FULL.message}: ENOSPC`,
      status: 507,
      retryable: true,
      remedy: errorTable.STORAGE_FULL.remedy,
      retryAfterMs: 5_000,
    });
  });

  it('has its cause and hides it from serializers', () => {
    const error = new PortageError('UNEXPECTED', { cause });
    expect(error.cause).toBe(cause);
    expect(JSON.stringify(error)).not.toContain('ya29');
    expect(JSON.stringify(Object.assign({}, error))).not.toContain('ya29');
    expect(Object.keys(error)).not.toContain('cause');
  });

  it('without a cause has none', () => {
    expect(new PortageError('UNEXPECTED').cause).toBeUndefined();
    expect(inspect(new PortageError('UNEXPECTED'))).not.toContain('[cause]: Error');
  });
});
