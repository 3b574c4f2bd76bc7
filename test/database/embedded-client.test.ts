/** The embedded database's client: statements that are prepared once, refusals, and transactions that have it to themselves. */
import { PGlite } from '@electric-sql/pglite';

import { createEmbeddedClient, type EmbeddedClient } from '../../src/database/embedded-client';
import { embeddedDatabase } from '../support/database';

describe('the client of the embedded database', () => {
  let pglite: PGlite;
  let client: EmbeddedClient;

  beforeAll(async () => {
    pglite = await PGlite.create({ loadDataDir: (await embeddedDatabase()).dump });
    client = createEmbeddedClient(pglite);
    await client.query('create table notes (id int primary key, text text not null)');
  });
  beforeEach(async () => {
    await client.query('delete from notes');
  });
  afterAll(async () => {
    await pglite.close();
  });

  const insert = 'insert into notes (id, text) values ($1, $2)';
  const ids = async () => (await client.query('select id from notes order by id')).rows;

  it('answers the same text again and again, with other values each time', async () => {
    for (const id of [1, 2, 3]) expect((await client.query(insert, [id, `note ${id}`])).affectedRows).toBe(1);
    const select = 'select text from notes where id = $1';
    for (const id of [2, 3, 4]) {
      const { rows } = await client.query(select, [id]);
      expect(rows).toEqual(id === 4 ? [] : [{ text: `note ${id}` }]);
    }
  });

  it('continues after a refusal, of a known statement and of a new one', async () => {
    await client.query(insert, [1, 'one']);
    await expect(client.query(insert, [1, 'again'])).rejects.toMatchObject({ code: '23505' });
    await expect(client.query('select nothing from nowhere')).rejects.toMatchObject({ code: '42P01' });
    await client.query(insert, [2, 'two']);
    expect(await ids()).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('rolls back a transaction in which a statement is refused, and lets a parallel query wait', async () => {
    let parallel: Promise<unknown> | undefined;
    const broken = client.transaction(async (tx) => {
      await tx.query(insert, [1, 'one']);
      parallel = client.query(insert, [3, 'three']);
      await tx.query(insert, [1, 'again']);
    });
    await expect(broken).rejects.toMatchObject({ code: '23505' });
    await parallel;
    expect(await ids()).toEqual([{ id: 3 }]);
    await client.transaction((tx) => tx.query(insert, [4, 'four']));
    expect(await ids()).toEqual([{ id: 3 }, { id: 4 }]);
  });

  it('accepts more statements than it keeps prepared', async () => {
    for (let number = 0; number < 510; number += 1) {
      const { rows } = await client.query(`select $1::int + ${number} as sum`, [1]);
      expect(rows).toEqual([{ sum: number + 1 }]);
    }
    await client.query(insert, [1, 'one']);
    expect(await ids()).toEqual([{ id: 1 }]);
    const { rows } = await pglite.query<{ count: number }>('select count(*)::int as count from pg_prepared_statements');
    expect(rows[0]?.count).toBeLessThan(510);
  });
});
