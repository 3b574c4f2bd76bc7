/** The emulator's current content, for a person: clock, accounts, grants, locks, jobs, faults. */
import type { ComponentChildren } from 'preact';
import { renderPage } from '../issuer/pages/layout';

export interface Overview {
  clock: { mode: string; scale: number; now: string };
  accounts: { account: string; traits: string }[];
  grants: { account: string; app: string; access: string; resources: string; until: string; state: string }[];
  locks: { account: string; resource: string; until: string }[];
  jobs: {
    job: string;
    account: string;
    resources: string;
    state: string;
    access: string;
    requestedAt: string;
    until: string;
  }[];
  faults: { name: string; method: string; triggered: string }[];
}

const moves = [
  { label: '1 hour', milliseconds: 3_600_000 },
  { label: '1 day', milliseconds: 86_400_000 },
  { label: '30 days', milliseconds: 30 * 86_400_000 },
];

export function overviewPage({ clock, accounts, grants, locks, jobs, faults }: Overview): string {
  return renderPage({
    title: 'Overview',
    wide: true,
    children: (
      <>
        <h1>Google emulator</h1>
        <p>
          The clock shows <strong>{clock.now.replace('T', ' ').replace('Z', ' UTC')}</strong> ({clock.mode}
          {clock.mode === 'scaled' ? `, ${clock.scale} times as fast` : ''}).
        </p>
        <form class="inline" method="post" action="/_emulator/clock/advance">
          {moves.map(({ label, milliseconds }) => (
            <button key={label} class="small" type="submit" name="milliseconds" value={milliseconds}>
              Advance by {label}
            </button>
          ))}
        </form>
        <p class="small">
          <a href="/connections">Connections page</a> · <a href="/_emulator/requests">Received requests</a> ·{' '}
          <a href="/_emulator/switches">Switches</a>
        </p>
        <Table title="Jobs" rows={jobs} />
        <Table title="Grants" rows={grants} />
        <Table title="24-hour locks" rows={locks} />
        <Table title="Accounts" rows={accounts} />
        <Table title="Faults that no call has triggered yet" rows={faults} />
      </>
    ),
  });
}

/** One column per key of the first row. */
function Table({ title, rows }: { title: string; rows: object[] }) {
  const columns = Object.keys(rows[0] ?? {});
  const cells = (row: object) => Object.values(row) as ComponentChildren[];
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p class="quiet">None.</p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column.replace(/([A-Z])/g, ' $1').toLowerCase()}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={index}>
                  {cells(row).map((cell, column) => (
                    <td key={columns[column]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
