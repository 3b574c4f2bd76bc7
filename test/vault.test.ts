// Secrets sealed by the vault: opened only with the right key, in the right place, and unaltered.
import fc from 'fast-check';

import { PortageError, type ErrorCode } from '../src/domain/error-codes';
import { createVault, type VaultKey } from '../src/vault';

const key = (id: string, byte: number): VaultKey => ({ id, key: Buffer.alloc(32, byte) });
const place = 'tokens/con_1/refresh_token';

/** The code of the PortageError that an action throws. */
function codeThrownBy(action: () => unknown): ErrorCode | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof PortageError) return error.code;
    throw error;
  }
  return undefined;
}

describe('a sealed secret', () => {
  const vault = createVault([key('k1', 1)]);

  it('opens to the sealed value, for every value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (secret, where) => {
        expect(vault.open(vault.seal(secret, where), where)).toBe(secret);
      }),
      { numRuns: 100 },
    );
  });

  it('holds no plain text, and never looks the same twice', () => {
    const secret = '1//refresh-token-of-somebody';
    const [once, again] = [vault.seal(secret, place), vault.seal(secret, place)];
    expect(once).not.toBe(again);
    for (const sealed of [once, again]) {
      const bytes = Buffer.from(sealed.slice(sealed.indexOf('.') + 1), 'base64url');
      for (let start = 0; start + 4 <= secret.length; start += 1) {
        expect(bytes.includes(secret.slice(start, start + 4))).toBe(false);
        expect(sealed).not.toContain(secret.slice(start, start + 4));
      }
    }
  });

  it('does not open in another row or column', () => {
    const sealed = vault.seal('secret', place);
    expect(codeThrownBy(() => vault.open(sealed, 'tokens/con_2/refresh_token'))).toBe('VAULT_SEAL_BROKEN');
    expect(codeThrownBy(() => vault.open(sealed, 'tokens/con_1/access_token'))).toBe('VAULT_SEAL_BROKEN');
  });

  it('does not open once any bit of nonce, text or tag is flipped', () => {
    const sealed = vault.seal('a secret', place);
    const prefix = sealed.slice(0, sealed.indexOf('.') + 1);
    const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url');
    const everyBit = Array.from({ length: bytes.length * 8 }, (_, bit) => bit);
    for (const bit of everyBit) {
      const altered = Buffer.from(bytes);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(codeThrownBy(() => vault.open(prefix + altered.toString('base64url'), place))).toBe('VAULT_SEAL_BROKEN');
    }
  });

  it('does not open when bytes are missing, added or all made up', () => {
    const sealed = vault.seal('a secret', place);
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer({ min: 0, max: bytes.length - 1 }).map((length) => bytes.subarray(0, length)),
          fc.uint8Array({ minLength: 1, maxLength: 20 }).map((more) => Buffer.concat([bytes, more])),
          fc.uint8Array({ maxLength: 60 }).map((made) => Buffer.from(made)),
        ),
        (altered) => {
          expect(codeThrownBy(() => vault.open(`k1.${altered.toString('base64url')}`, place))).toBe(
            'VAULT_SEAL_BROKEN',
          );
        },
      ),
    );
  });

  it('never shows the secret in the error, only the place', () => {
    const sealed = vault.seal('a secret', place);
    expect(() => vault.open(sealed, 'elsewhere')).toThrow(/elsewhere/);
    expect(() => vault.open(sealed, 'elsewhere')).not.toThrow(/a secret/);
  });
});

describe('a vault whose keys are rotated', () => {
  const before = createVault([key('old', 1)]);
  const rotated = createVault([key('new', 2), key('old', 1)]);

  it('seals with the first key and opens with every one', () => {
    const sealedBefore = before.seal('kept', place);
    const sealedAfter = rotated.seal('fresh', place);
    expect(sealedBefore).toMatch(/^old\./);
    expect(sealedAfter).toMatch(/^new\./);
    expect(rotated.open(sealedBefore, place)).toBe('kept');
    expect(rotated.open(sealedAfter, place)).toBe('fresh');
  });

  it('names the key that is missing, so that an operator can add it', () => {
    const sealed = rotated.seal('fresh', place);
    expect(codeThrownBy(() => before.open(sealed, place))).toBe('VAULT_KEY_MISSING');
    expect(() => before.open(sealed, place)).toThrow(/key id "new"/);
  });

  it('does not open a value that another key with the same id sealed', () => {
    const impostor = createVault([key('old', 9)]);
    expect(codeThrownBy(() => impostor.open(before.seal('kept', place), place))).toBe('VAULT_SEAL_BROKEN');
  });

  it('does not take one key id for another, even if the key is the same', () => {
    const twins = createVault([key('a', 1), key('b', 1)]);
    const sealed = twins.seal('secret', place);
    expect(codeThrownBy(() => twins.open(sealed.replace(/^a\./, 'b.'), place))).toBe('VAULT_SEAL_BROKEN');
  });

  it('cannot be without a key (docs/known-defects.md D42)', () => {
    expect(codeThrownBy(() => createVault([]))).toBe('VAULT_KEY_MISSING');
  });

  it.each(['', 'no-dot', '.AAAA', 'k9.'])('refuses a value that no vault has sealed: "%s"', (text) => {
    expect(codeThrownBy(() => rotated.open(text, place))).toBe('VAULT_KEY_MISSING');
  });
});
