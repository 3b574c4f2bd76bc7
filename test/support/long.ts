/**
 * Marks tests that take long and show in depth what the quick tests of the same file show in short: they are there only
 * when all tests run (`npm run test:all`). A file that is long as a whole is named `*.long.test.ts` instead.
 */
const isPartOfRun = process.env['PORTAGE_TESTS'] === 'all';

/** Takes the arguments of `it` and of `it.each`, and defines nothing. */
const leaveOut = Object.assign(() => undefined, { each: () => () => undefined });

export const longIt: Pick<jest.It, 'each'> & ((name: string, test: jest.ProvidesCallback) => void) = isPartOfRun
  ? it
  : (leaveOut as unknown as jest.It);
