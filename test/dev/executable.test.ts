import { ask } from '../../src/dev/executable';

describe('A program that is asked', () => {
  it('is ended after its limit, which the error names instead of the signal', async () => {
    expect(await ask('sleep', ['60'], 100)).toEqual({ failure: 'no answer within 0.1 seconds' });
  });

  it('gives its output, or the reason for its failure', async () => {
    expect(await ask('sh', ['-c', 'echo out; echo err >&2'])).toEqual({ output: 'out\nerr' });
    expect(await ask('sh', ['-c', 'echo why >&2; exit 3'])).toEqual({ failure: 'why' });
  });
});
