// The audit log's chain: written entries are valid, and every later change is detected.
import { sql } from 'drizzle-orm';

import { lockChain } from '../../src/database/audit-chain';
import { createAuditLog, type AuditLog } from '../../src/database/audit-log';
import { rotateKeys } from '../../src/database/key-rotation';
import { createOwnSecrets } from '../../src/database/own-secrets';
import { createVault } from '../../src/vault';
import { auditOf, later, onEveryDatabase, type Stage } from './databases';

const keyOf = (id: string, byte: number) => ({ id, key: Buffer.alloc(32, byte) });

/** Entries are ten minutes apart. */
async function append(audit: AuditLog, number: number): Promise<void> {
  await audit.append({
    ...{ action: 'records.read', actor: { kind: 'api_key', id: `key_${number}` }, consentId: `con_${number}` },
    ...{ address: '203.0.113.7', details: { b: number, a: { z: 1, y: [2, { x: 3 }] } }, at: later(10 * number) },
  });
}

/** A log of its own with so many links; stories share a database. */
async function chain({ db, audit }: Stage, links: number): Promise<void> {
  await db.transaction(async (tx) => {
    // An entry of the former story may be at its link.
    await lockChain(tx);
    await tx.execute(sql`delete from audit_log`);
  });
  for (let number = 1; number <= links; number += 1) {
    await append(audit, number);
    await audit.link();
  }
}

onEveryDatabase((story) => {
  describe('the audit log', () => {
    story('holds, with one number for each entry, however many are written at once', async (stage) => {
      await chain(stage, 0);
      const logs = [stage.audit, auditOf(stage.db)];
      await Promise.all(Array.from({ length: 60 }, (_, index) => append(logs[index % 2] ?? stage.audit, index)));
      await Promise.all(logs.map((log) => log.link()));
      const { from, head, fault } = await stage.audit.verify();
      expect([from, head?.number, fault]).toEqual([1, 60, undefined]);
      const [entry] = await stage.audit.page({ consentId: 'con_7', after: '', limit: 10 });
      expect(entry).toMatchObject({
        ...{ action: 'records.read', outcome: 'done', actorKind: 'api_key', actorId: 'key_7' },
        ...{ address: '203.0.113.7', createdAt: later(70) },
      });
    });

    const changes = {
      'the action': sql`action = 'part.read'`,
      'the outcome': sql`outcome = 'refused'`,
      'the actor': sql`actor_id = 'key_of_another'`,
      'the consent': sql`consent_id = 'con_of_another'`,
      'the address': sql`address = null`,
      'a detail': sql`details = jsonb_set(details, '{a,z}', '2')`,
      'the time': sql`created_at = created_at + interval '1 second'`,
    };
    story('names an entry in which anything was changed', async (stage) => {
      for (const [what, change] of Object.entries(changes)) {
        await chain(stage, 3);
        await stage.owner.execute(sql`update audit_log set ${change} where number = 2`);
        const { head, fault } = await stage.audit.verify();
        expect([what, head?.number, fault?.kind, fault?.number]).toEqual([what, 1, 'changed', 2]);
      }
    });

    story('names the place where an entry was removed', async (stage) => {
      await chain(stage, 5);
      await stage.db.execute(sql`delete from audit_log where number = 3`);
      const { from, head, fault } = await stage.audit.verify();
      expect([from, head?.number, fault?.kind, fault?.number]).toEqual([1, 2, 'removed', 3]);
      // One statement for each: within a statement PostgreSQL checks that the numbers differ row by row.
      for (const number of [4, 5]) {
        await stage.db.execute(sql`update audit_log set number = ${number - 1} where number = ${number}`);
      }
      expect((await stage.audit.verify()).fault).toMatchObject({ kind: 'changed', number: 3 });
    });

    story('shows that the last entries were removed to those who noted the head', async (stage) => {
      await chain(stage, 5);
      const { head } = await stage.audit.verify();
      expect((await stage.audit.verify(head)).fault).toBeUndefined();
      await stage.db.execute(sql`delete from audit_log where number > 3`);
      expect((await stage.audit.verify()).fault).toBeUndefined();
      expect((await stage.audit.verify(head)).fault).toMatchObject({ kind: 'removed', number: 4 });
      // Entries that come afterwards take the numbers, and not the hashes.
      for (const number of [6, 7, 8]) await append(stage.audit, number);
      await stage.audit.link();
      expect((await stage.audit.verify(head)).fault).toMatchObject({ kind: 'changed', number: 5 });
    });

    story('names an entry that something else than Portage wrote', async (stage) => {
      await chain(stage, 3);
      const mac = '0'.repeat(64);
      await stage.db.execute(
        sql`insert into audit_log (id, action, consent_id, mac) values ('aud_forged', 'data.deleted', 'con_x', ${mac})`,
      );
      expect((await stage.audit.verify()).fault).toMatchObject({ kind: 'inserted', id: 'aud_forged', number: 4 });

      await chain(stage, 3);
      await stage.db.execute(sql`update audit_log set number = 4 where number = 3`);
      await stage.db.execute(
        sql`insert into audit_log select 'aud_copy', action, consent_id, export_id, counts, created_at, outcome, actor_kind,
          actor_id, object, address, details, mac, 3, hash from audit_log where number = 2`,
      );
      expect((await stage.audit.verify()).fault).toMatchObject({ kind: 'inserted', id: 'aud_copy', number: 3 });
    });

    story('names two entries that changed places', async (stage) => {
      await chain(stage, 4);
      for (const [from, to] of [
        [2, 99],
        [3, 2],
        [99, 3],
      ]) {
        await stage.db.execute(sql`update audit_log set number = ${to} where number = ${from}`);
      }
      expect((await stage.audit.verify()).fault).toMatchObject({ kind: 'changed', number: 2 });
    });

    story('holds after old entries are pruned, and shows when more are missing', async (stage) => {
      const prune = async () => {
        await chain(stage, 30);
        return stage.audit.prune(later(200), later(400));
      };
      expect(await prune()).toBe(19);
      const { from, head, fault } = await stage.audit.verify();
      expect([from, head?.number, fault]).toEqual([20, 31, undefined]);
      // The entry of the pruning is not worth another one.
      expect(await stage.audit.prune(later(201), later(400))).toBe(0);

      await stage.db.execute(sql`delete from audit_log where number = 20`);
      expect((await stage.audit.verify()).fault).toMatchObject({ kind: 'removed' });
      await prune();
      await stage.audit.link();
      await stage.owner.execute(
        sql`update audit_log set details = jsonb_set(details, '{through}', '25') where number = 31`,
      );
      await stage.db.execute(sql`delete from audit_log where number <= 25`);
      expect((await stage.audit.verify()).fault).toMatchObject({ kind: 'removed' });
    });

    story('keeps its last link, however old it is', async (stage) => {
      await chain(stage, 3);
      expect(await stage.audit.prune(later(9_000), later(9_000))).toBe(2);
      const { from, head, fault } = await stage.audit.verify();
      expect([from, head?.number, fault]).toEqual([3, 4, undefined]);
    });

    story('includes the entries of an earlier release when the chain begins, and nothing afterwards', async (stage) => {
      const earlier = (id: string) =>
        stage.db.execute(
          sql`insert into audit_log (id, action, consent_id, counts) values (${id}, 'deletion.begun', 'con_1', '{"parts":1}')`,
        );
      await chain(stage, 0);
      await earlier('aud_1');
      expect(await stage.audit.verify()).toMatchObject({ from: 1, head: { number: 1 }, fault: undefined });
      await earlier('aud_2');
      expect((await stage.audit.verify()).fault).toMatchObject({ kind: 'inserted', id: 'aud_2' });
    });

    story('holds after the key of the vault has changed', async (stage) => {
      await chain(stage, 2);
      const [former, next] = [keyOf('k1', 1), keyOf('k2', 2)];
      const vault = createVault([next, former]);
      await rotateKeys(stage.db, vault, vault);
      const after = createAuditLog(stage.db, createOwnSecrets(stage.db, createVault([next])));
      await append(after, 3);
      expect(await after.verify()).toMatchObject({ from: 1, head: { number: 3 }, fault: undefined });
      const back = createVault([former, next]);
      await rotateKeys(stage.db, back, back);
    });

    story('is written to while another process makes links', async (stage, kind) => {
      // Over its only connection, PGlite does one thing after the other.
      if (kind === 'PGlite') return;
      await chain(stage, 1);
      await stage.db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(7208402::bigint)`);
        await append(stage.audit, 2);
      });
      expect((await stage.audit.verify()).head?.number).toBe(2);
    });
  });
});
