// Which Google `portage dev` works with is decided, and its faults are reported, before anything starts.
import { ConfigError } from '../../src/config';
import { usesGoogle } from '../../src/dev/demo-environment';
import { checkDevEnvironment, requireRegisteredPort, type EmulatorOptions } from '../../src/dev/google-client';

const plain: EmulatorOptions = { archivesDir: undefined, once: false };
function faultsOf(environment: Record<string, string>, options = plain): readonly string[] {
  try {
    checkDevEnvironment(environment, options);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}
const own = { GOOGLE_CLIENT_ID: 'an-id', GOOGLE_CLIENT_SECRET: 'a-secret' };

it('is Google itself with a client of one’s own, unless an emulator is named', () => {
  expect(usesGoogle({})).toBe(false);
  expect(usesGoogle({ GOOGLE_CLIENT_ID: '' })).toBe(false);
  expect(usesGoogle(own)).toBe(true);
  expect(usesGoogle({ ...own, GOOGLE_EMULATOR_URL: 'http://127.0.0.1:3200' })).toBe(false);
  expect(usesGoogle({ ...own, GOOGLE_EMULATOR_URL: '' })).toBe(true);
});

it('takes nothing, or a whole client; half a client is a fault', () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf(own)).toEqual([]);
  expect(faultsOf({ GOOGLE_CLIENT_ID: 'an-id' })).toEqual([expect.stringMatching(/^GOOGLE_CLIENT_SECRET is missing/)]);
  expect(faultsOf({ GOOGLE_CLIENT_ID: 'an-id', GOOGLE_CLIENT_SECRET: '' })).toHaveLength(1);
  expect(faultsOf({ GOOGLE_CLIENT_SECRET: 'a-secret' })).toEqual([
    expect.stringMatching(/^GOOGLE_CLIENT_ID is missing/),
  ]);
});

it('finds every other fault of the configuration, too', () => {
  expect(faultsOf({ PORT: 'abc' })).toEqual([expect.stringMatching(/^PORT /)]);
});

it('refuses options at Google that only the emulator supports', () => {
  const options = { archivesDir: __dirname, once: true };
  expect(faultsOf({}, options)).toEqual([]);
  expect(faultsOf(own, options)).toEqual([
    expect.stringMatching(/^--archives .*GOOGLE_CLIENT_ID/),
    expect.stringMatching(/^--once .*GOOGLE_CLIENT_ID/),
  ]);
});

it('refuses archives that are no folder', () => {
  expect(faultsOf({}, { archivesDir: '/no/such/folder', once: false })).toEqual([
    '--archives /no/such/folder is not a folder; name one that holds an export',
  ]);
});

it('keeps to the port that is registered', () => {
  expect(() => requireRegisteredPort(3000, 3000)).not.toThrow();
  expect(() => requireRegisteredPort(3001, 3000)).toThrow(/PORT 3000 is taken.*register/);
});
