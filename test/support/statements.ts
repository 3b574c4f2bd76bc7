/** Ends the connection at a chosen statement of this process, really, by the server: before it, or after it was done. */
import { Client } from 'pg';

export interface Statements {
  /** Every statement since the last {@link watch}, in order. */
  readonly seen: readonly string[];
  /** Counts from here on, and ends the connection at one of them. @param hit its number from 0; none ends nothing */
  watch(hit?: { readonly number: number; readonly when: 'before' | 'after' }): void;
  /** Whether the statement came. */
  wasHit(): boolean;
  /** Leaves the driver as it was. */
  stop(): Promise<void>;
}

type Query = (...asked: unknown[]) => Promise<unknown>;

export async function watchStatements(url: string): Promise<Statements> {
  const outside = new Client(url);
  await outside.connect();
  const prototype = Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  let seen: string[] = [];
  let hit: { readonly number: number; readonly when: 'before' | 'after' } | undefined;
  let isHit = false;

  const end = async (client: Client) => {
    isHit = true;
    const { processID } = client as unknown as { processID: number };
    await original.call(outside, 'select pg_terminate_backend($1, 10000)', [processID]);
  };
  prototype.query = async function (this: Client, ...asked: unknown[]) {
    if ((this as unknown) === outside) return original.apply(this, asked);
    const [config] = asked as [string | { text: string }];
    seen.push(typeof config === 'string' ? config : config.text);
    const isIt = hit?.number === seen.length - 1;
    if (isIt && hit?.when === 'before') await end(this);
    const answer = await original.apply(this, asked);
    if (!isIt || hit?.when === 'before') return answer;
    await end(this);
    // The server has done it, and its answer does not arrive.
    throw new Error('Connection terminated unexpectedly');
  };
  return {
    get seen() {
      return seen;
    },
    watch(next) {
      seen = [];
      hit = next;
      isHit = false;
    },
    wasHit: () => isHit,
    async stop() {
      prototype.query = original;
      await outside.end();
    },
  };
}
