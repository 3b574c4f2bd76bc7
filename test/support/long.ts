/**
 * For tests that take long and show in depth what the quick tests of the same file show in short. A file that is long as
 * a whole is named `*.long.test.ts` instead.
 */

/** Whether all tests run (`npm run test:all`), and not only the quick ones. */
export const allTests = process.env['PORTAGE_TESTS'] === 'all';

/** Takes the arguments of `it`, `it.each` and `describe`, and defines nothing. */
const leaveOut: unknown = Object.assign(() => undefined, { each: () => () => undefined });

/** `it` where all tests run; elsewhere the test is not there. */
export const longIt = allTests ? it : (leaveOut as jest.It);

/** `describe` where all tests run; elsewhere its tests are not there. */
export const longDescribe = allTests ? describe : (leaveOut as jest.Describe);
