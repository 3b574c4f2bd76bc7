/** Google Play: arrays whose objects have one wrapper key, which names their type (docs/google-api.md §A8). */
import { instantOf } from '../formats/instant';
import { isObject, type JsonObject } from '../formats/json';
import type { KindName } from '../kinds';
import { createFieldCheck, readEntries, sampledObjects, textOf } from '../read/read-entries';
import type { Reader, ReaderOutput } from '../read/reader';

/** Kinds by wrapper; of those without a comment in docs/google-api.md §A8 only the name of the file is known. */
const kindOf: Readonly<Record<string, KindName>> = {
  install: 'app_install',
  libraryDoc: 'library_item',
  purchaseHistory: 'purchase',
  subscription: 'play_subscription',
  orderHistory: 'order',
  device: 'play_device',
  redemptionHistory: 'redemption',
  promotionHistory: 'promotion',
  setting: 'play_setting',
  groupingTag: 'grouping_tag',
  playPoints: 'play_points',
  playPointsTransaction: 'play_points',
  playPointsMembership: 'play_points_membership',
  membership: 'play_points_membership',
  transaction: 'play_points',
  review: 'play_review',
};

/** Its time: the first of these that an entry has. */
const times = [
  ...[
    'purchaseTime',
    'acquisitionTime',
    'firstInstallationTime',
    'creationTime',
    'redemptionChangeTime',
    'redemptionTime',
    'eventTime',
  ],
  // Of transactions of Play Points.
  ...['transactionTime'],
  ...['deviceRegistrationTime', 'createTime', 'renewalDate'],
];

export const play: Reader = {
  resources: [
    ...['play.devices', 'play.grouping', 'play.installs', 'play.library', 'play.playpoints', 'play.promotions'],
    ...['play.purchases', 'play.redemptions', 'play.subscriptions', 'play.usersettings'],
  ],
  services: ['PLAY'],
  kinds: [...new Set(Object.values(kindOf)), 'play_entry'],
  format: 'json',
  accepts: (sample) => sampledObjects(sample).some(({ entry }) => wrapped(entry) !== undefined),
  read: (member, out) => {
    const checks = new Map<KindName, ReturnType<typeof createFieldCheck>>();
    return readEntries(member, out, {
      depth: 0,
      entry: (entry, index) => {
        const value = entry.value();
        const content = isObject(value) ? wrapped(value) : undefined;
        if (content !== undefined) record(out, index, content, checks);
        else if (isObject(value)) out.record({ kind: 'play_entry', index, data: value });
        else out.problem('unexpected_entry', { index });
      },
    });
  },
};

function record(
  out: ReaderOutput,
  index: number,
  { wrapper, inner }: { wrapper: string; inner: JsonObject },
  checks: Map<KindName, ReturnType<typeof createFieldCheck>>,
): void {
  const kind = Object.hasOwn(kindOf, wrapper) ? kindOf[wrapper] : undefined;
  if (kind === undefined) {
    out.drift(['wrapper', wrapper]);
    out.record({ kind: 'play_entry', index, data: { [wrapper]: inner } });
    return;
  }
  const check = checks.get(kind) ?? createFieldCheck(kind, out);
  checks.set(kind, check);
  check(Object.keys(inner), index);
  const time = times.map((name) => textOf(inner[name])).find((text) => text !== undefined);
  const occurredAt = time === undefined ? undefined : instantOf(time);
  out.record({ kind, index, occurredAt, hasUnreadTime: time !== undefined && occurredAt === undefined, data: inner });
}

function wrapped(entry: JsonObject): { wrapper: string; inner: JsonObject } | undefined {
  const [pair, ...others] = Object.entries(entry);
  if (pair === undefined || others.length > 0 || !isObject(pair[1])) return undefined;
  return { wrapper: pair[0], inner: pair[1] };
}
