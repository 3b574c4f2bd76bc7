/** Orders and reservations made with Google: a file each, or lists of them (docs/google-api.md §A9). */
import { instantOf, instantOfNumber } from '../formats/instant';
import { isObject, type Json, type JsonObject } from '../formats/json';
import { createFieldCheck, createTypeCheck, hasKeys, readEntries, sampledObjects, textOf } from '../read/read-entries';
import type { Reader } from '../read/reader';
import type { Sample } from '../read/detect-format';

const orderMarks = ['merchantOrderId', 'transactionMerchant', 'lineItem', 'orderStatus', 'orderUpdates'];
/** Fields of a reservation that the page names in words only. */
const reservationPlace = /reserv|purchase|order|booking/i;
const times = ['creationTime', 'createdTime', 'createTime', 'startTime', 'lastModifiedTime'];

const isOrder = (keys: Iterable<string>) => hasKeys([...keys], orderMarks, 1);

/** Whether the whole file is one order or reservation; otherwise it holds lists of them. */
function isOneEntry({ json }: Sample): boolean {
  if (json?.root !== 'object') return false;
  if (isOrder(json.rootKeys) || json.outsideLists.has('data')) return true;
  return !json.lists.some(({ path, entries }) => path.length === 1 && (entries.length === 0 || entries.some(isObject)));
}

export const orders: Reader = {
  resources: ['order_reserve.purchases_reservations'],
  services: [],
  kinds: ['merchant_order', 'reservation'],
  format: 'json',
  accepts: (sample, { path, isShared }) =>
    isOrder(sample.json?.rootKeys ?? []) ||
    sampledObjects(sample).some(({ entry }) => isOrder(Object.keys(entry))) ||
    (((sample.json?.rootKeys.size ?? 0) > 0 || sampledObjects(sample).length > 0) &&
      (!isShared || reservationPlace.test(path))),
  read: (member, out) => {
    const check = createFieldCheck('merchant_order', out);
    const checkTypes = createTypeCheck('merchant_order', out);
    const isOne = isOneEntry(member.sample);
    return readEntries(member, out, {
      isEntry: isOne ? (path) => path.length === 0 : undefined,
      entry: (entry, index) => {
        const value = entry.value();
        if (!isObject(value)) {
          out.problem('unexpected_entry', { index });
          return;
        }
        const kind = isOrder(entry.keys) ? 'merchant_order' : 'reservation';
        if (kind === 'merchant_order') {
          check(entry.keys, index);
          checkTypes(value);
        }
        const written = times.map((name) => value[name]).find((time) => time !== undefined && time !== null);
        const occurredAt = timeOf(written);
        const hasUnreadTime = occurredAt === undefined && written !== undefined;
        out.record({ kind, index, occurredAt, hasUnreadTime, data: value, identity: identityOf(value) });
      },
    });
  },
};

/** Times are microseconds since 1970 as text, within an object whose key names the unit. */
function timeOf(value: Json | undefined): string | undefined {
  const written = isObject(value) ? value['usecSinceEpochUtc'] : value;
  if (typeof written === 'number') return instantOfNumber(String(written));
  const text = textOf(written);
  return text === undefined ? undefined : (instantOf(text) ?? instantOfNumber(text));
}

/** Ids of orders are the merchant's own, so two merchants may use the same. */
function identityOf(value: JsonObject): string | undefined {
  const id = textOf(value['merchantOrderId']);
  const merchant = isObject(value['transactionMerchant']) ? textOf(value['transactionMerchant']['name']) : undefined;
  return id === undefined || id === '' ? undefined : `${merchant ?? ''}\n${id}`;
}
