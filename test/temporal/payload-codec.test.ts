/** Payloads that Temporal keeps: unreadable without the key, refused when altered, and readable after a rotation. */
import { createDecipheriv, hkdfSync } from 'node:crypto';

import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import fc from 'fast-check';

import { createPayloadCodec } from '../../src/temporal/payload-codec';

const key = (id: string, byte: number) => ({ id, key: Buffer.alloc(32, byte) });
const sealing = { seals: true, acceptsUnsealed: false };
const text = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('utf8');

const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const valueOf = (payload: Payload | undefined): unknown => defaultPayloadConverter.fromPayload(payload ?? {});

async function sealed(value: unknown, keys = [key('k1', 1)]): Promise<Payload> {
  const [payload] = await createPayloadCodec(keys, sealing).encode([payloadOf(value)]);
  return payload ?? {};
}

describe('a sealed payload', () => {
  it('opens to the original, metadata included', async () => {
    const codec = createPayloadCodec([key('k1', 1)], sealing);
    const anything = fc.array(fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.uint8Array()), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(anything, async (values) => {
        const payloads = values.map(payloadOf);
        const opened = await codec.decode(await codec.encode(payloads));
        expect(opened.map(({ metadata }) => text(metadata?.['encoding']))).toEqual(
          payloads.map(({ metadata }) => text(metadata?.['encoding'])),
        );
        expect(opened.map(valueOf)).toEqual(payloads.map(valueOf));
      }),
      { numRuns: 50 },
    );
  });

  it('shows nothing but its encoding, its key’s id and its length', async () => {
    const { metadata, data } = await sealed({ secret: 'Jane’s archive' });
    expect(Object.entries(metadata ?? {}).map(([name, value]) => [name, text(value)])).toEqual([
      ['encoding', 'binary/encrypted'],
      ['encryption-key-id', 'k1'],
    ]);
    expect(text(data)).not.toContain('secret');
    expect(text(data)).not.toContain('json/plain');
  });

  it('never looks the same twice', async () => {
    const [one, other] = [await sealed('same'), await sealed('same')];
    expect(text(one.data)).not.toBe(text(other.data));
  });

  it('is sealed under a key made from the vault’s, not under the vault’s own, nor under another one’s', async () => {
    const payload = await sealed('value');
    const opens = (secret: NodeJS.ArrayBufferView): boolean => {
      const data = payload.data ?? new Uint8Array();
      const decipher = createDecipheriv('aes-256-gcm', secret, data.subarray(0, 12));
      decipher.setAAD(Buffer.from('portage/temporal-payload/1 k1')).setAuthTag(data.subarray(-16));
      decipher.update(data.subarray(12, -16));
      try {
        decipher.final();
        return true;
      } catch {
        return false;
      }
    };
    const vaultKey = Buffer.alloc(32, 1);
    const info = 'portage/temporal-payload/1';
    expect(opens(Buffer.from(hkdfSync('sha256', vaultKey, Buffer.alloc(0), info, 32)))).toBe(true);
    expect(opens(vaultKey)).toBe(false);
    const codec = createPayloadCodec([key('k1', 2)], sealing);
    await expect(codec.decode([payload])).rejects.toMatchObject({ code: 'VAULT_SEAL_BROKEN' });
  });

  it('is refused once any of its bits was altered', async () => {
    const payload = await sealed({ n: 1 });
    const codec = createPayloadCodec([key('k1', 1)], sealing);
    const length = payload.data?.length ?? 0;
    for (let at = 0; at < length; at += 1) {
      const data = Uint8Array.from(payload.data ?? []);
      data[at] = (data[at] ?? 0) ^ 1;
      await expect(codec.decode([{ ...payload, data }])).rejects.toMatchObject({ code: 'VAULT_SEAL_BROKEN' });
    }
  });

  it.each([0, 11, 27, 28])('is refused when only %i bytes of it are left', async (length) => {
    const payload = await sealed({ n: 1 });
    const codec = createPayloadCodec([key('k1', 1)], sealing);
    const cut = { ...payload, data: (payload.data ?? new Uint8Array()).subarray(0, length) };
    await expect(codec.decode([cut])).rejects.toMatchObject({ code: 'VAULT_SEAL_BROKEN' });
  });

  it('does not open under another key’s name, even when the key is the same', async () => {
    const payload = await sealed('value');
    const renamed = { ...payload, metadata: { ...payload.metadata, 'encryption-key-id': Buffer.from('k2') } };
    const codec = createPayloadCodec([key('k1', 1), key('k2', 1)], sealing);
    await expect(codec.decode([renamed])).rejects.toMatchObject({ code: 'VAULT_SEAL_BROKEN' });
  });
});

describe('a payload that was sealed for a workflow', () => {
  const codec = createPayloadCodec([key('k1', 1)], sealing);
  const of = (workflowId: string): SerializationContext => ({ type: 'workflow', namespace: 'default', workflowId });
  const sealedFor = async (workflowId: string): Promise<Payload> =>
    (await codec.encode([payloadOf('value')], of(workflowId)))[0] ?? {};
  const openedIn = async (payload: Payload, context?: SerializationContext): Promise<unknown> =>
    valueOf((await codec.decode([payload], context))[0]);
  const refused = { code: 'VAULT_SEAL_BROKEN' };

  it('opens in this workflow, in its activities, in every namespace, and for a tool that names no workflow', async () => {
    const payload = await sealedFor('consent/con_1');
    const activity = { type: 'activity', namespace: 'moved', workflowId: 'consent/con_1', isLocal: false } as const;
    for (const context of [of('consent/con_1'), activity, undefined]) {
      expect(await openedIn(payload, context)).toBe('value');
    }
    const [result] = await codec.encode([payloadOf('result')], { ...activity, activityId: '7' });
    expect(await openedIn(result ?? {}, of('consent/con_1'))).toBe('result');
  });

  it('shows the workflow’s id, which Temporal knows, and its version', async () => {
    const { metadata } = await sealedFor('consent/con_1');
    expect(Object.entries(metadata ?? {}).map(([name, value]) => [name, text(value)])).toEqual([
      ['encoding', 'binary/encrypted'],
      ['encryption-key-id', 'k1'],
      ['portage-seal', '2'],
      ['portage-workflow-id', 'consent/con_1'],
    ]);
  });

  it('is refused in another workflow, and by the names of both', async () => {
    const payload = await sealedFor('consent/con_1');
    await expect(openedIn(payload, of('consent/con_2'))).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('was sealed for consent/con_1') as string,
    });
    const activity = { type: 'activity', namespace: 'default', workflowId: 'consent/con_2', isLocal: false } as const;
    await expect(openedIn(payload, activity)).rejects.toMatchObject(refused);
  });

  it('is refused when its metadata name another workflow, another version, or none', async () => {
    const { metadata, data } = await sealedFor('consent/con_1');
    const changed = (changes: Record<string, Uint8Array>) => ({
      metadata: { ...metadata, ...changes },
      data: data ?? null,
    });
    const { encoding = new Uint8Array(), 'encryption-key-id': keyId = new Uint8Array() } = metadata ?? {};
    const forged = [
      changed({ 'portage-workflow-id': Buffer.from('consent/con_2') }),
      changed({ 'portage-seal': Buffer.from('3') }),
      changed({ 'portage-seal': Buffer.from('') }),
      { metadata: { encoding, 'encryption-key-id': keyId }, data: data ?? null },
    ];
    for (const payload of forged) {
      await expect(openedIn(payload, of('consent/con_2'))).rejects.toMatchObject(refused);
      await expect(openedIn(payload)).rejects.toMatchObject(refused);
    }
    const unbound = await sealed('value');
    const bound = { 'portage-seal': Buffer.from('2'), 'portage-workflow-id': Buffer.from('consent/con_2') };
    const claimed = { ...unbound, metadata: { ...unbound.metadata, ...bound } };
    await expect(openedIn(claimed, of('consent/con_2'))).rejects.toMatchObject(refused);
  });

  const first = 'housekeeping/portage-2026-11-29T12:00:00Z';
  const next = 'housekeeping/portage-2026-11-29T12:05:00Z';

  it.each([
    ['housekeeping/portage', first],
    [first, next],
    [first, 'housekeeping/portage'],
  ])('for the schedule’s %s opens in %s', async (sealedIn, opener) => {
    expect(await openedIn(await sealedFor(sealedIn), of(opener))).toBe('value');
  });

  it.each([
    ['housekeeping/portage', 'housekeeping/portage-2026-11-29T12:00:00Z-2'],
    ['housekeeping/portage', 'housekeeping/portage-2026-11-29T12:00:00'],
    ['housekeeping/portage', 'housekeeping/portage-2026-11-29'],
    ['housekeeping/portage', 'housekeeping/portage/2026-11-29T12:00:00Z'],
    ['housekeeping/portage', 'housekeeping/portage2-2026-11-29T12:00:00Z'],
    ['consent/con_1', 'consent/con_1-2026-11-29T12:00:00Z'],
  ])('for %s does not open in %s', async (sealedIn, opener) => {
    await expect(openedIn(await sealedFor(sealedIn), of(opener))).rejects.toMatchObject(refused);
  });

  it('by an earlier release, for any workflow, opens in every one', async () => {
    for (const context of [of('consent/con_1'), of('consent/con_2'), undefined]) {
      expect(await openedIn(await sealed('value'), context)).toBe('value');
    }
  });
});

describe('a payload that is not sealed', () => {
  it('is refused, unless payloads are readable or the operator has allowed it', async () => {
    const codec = createPayloadCodec([key('k1', 1)], sealing);
    await expect(codec.decode([payloadOf('plain')])).rejects.toMatchObject({ code: 'VAULT_SEAL_BROKEN' });
    const allowing = createPayloadCodec([key('k1', 1)], { seals: true, acceptsUnsealed: true });
    expect((await allowing.decode([payloadOf('plain')])).map(valueOf)).toEqual(['plain']);
  });
});

describe('a rotated key', () => {
  it('seals new payloads, while the old one opens old ones', async () => {
    const old = await sealed('old');
    const codec = createPayloadCodec([key('k2', 2), key('k1', 1)], sealing);
    const [fresh] = await codec.encode([payloadOf('new')]);
    expect(text(fresh?.metadata?.['encryption-key-id'])).toBe('k2');
    expect((await codec.decode([old, fresh ?? {}])).map(valueOf)).toEqual(['old', 'new']);
  });

  it('is missed by its id when it was dropped too early', async () => {
    const old = await sealed('old');
    const codec = createPayloadCodec([key('k2', 2)], sealing);
    await expect(codec.decode([old])).rejects.toMatchObject({
      code: 'VAULT_KEY_MISSING',
      message: expect.stringContaining('key id "k1"') as string,
    });
  });

  it('leaves a codec without any key no choice but to refuse', () => {
    expect(() => createPayloadCodec([], sealing)).toThrow('does not have: no key at all');
  });
});

describe('a codec that leaves payloads readable', () => {
  it('passes new ones on, and opens those that were sealed before', async () => {
    const codec = createPayloadCodec([key('k1', 1)], { seals: false, acceptsUnsealed: true });
    const payloads = await codec.encode([payloadOf({ readable: true })]);
    expect(payloads).toEqual([payloadOf({ readable: true })]);
    expect((await codec.decode([...payloads, await sealed('before')])).map(valueOf)).toEqual([
      { readable: true },
      'before',
    ]);
  });
});
