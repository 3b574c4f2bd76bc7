import { takeoverReason } from '../../src/domain/takeover';

const older = (accountHintHash: string | null) => ({ id: 'con_1', accountHintHash, replacesConsentId: null });
const newer = (accountHintHash: string | null, replacesConsentId: string | null = null) => ({
  ...{ id: 'con_2', accountHintHash, replacesConsentId },
});

it('takes over where the host app requests it, or makes no choice', () => {
  expect(takeoverReason(newer(null), older(null))).toBe('no_account_hint');
  expect(takeoverReason(newer('a'), older('a'))).toBe('same_account_hint');
  expect(takeoverReason(newer('a', 'con_1'), older('b'))).toBe('replaces');
  expect(takeoverReason(newer(null, 'con_1'), older(null))).toBe('replaces');
});

it('coexists with a consent that is, or may be, of another account according to the host app', () => {
  expect(takeoverReason(newer('a'), older('b'))).toBeUndefined();
  expect(takeoverReason(newer('a'), older(null))).toBeUndefined();
  expect(takeoverReason(newer(null), older('b'))).toBeUndefined();
  expect(takeoverReason(newer('a', 'con_3'), older('b'))).toBeUndefined();
});
