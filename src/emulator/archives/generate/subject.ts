/** The subject of an archive: whose data, which resource, up to when, and in which language. */
import type { JobSettings } from '../../job-settings';
import type { Account } from '../../state';
import type { Calendar } from './calendar';
import { chance, type Chance } from './random';
import type { Words } from './word-list';

export interface Subject {
  seed: string;
  account: Account;
  resource: string;
  /** The requested window in milliseconds; without a start, everything. */
  startAt: number | undefined;
  endAt: number;
  /** When the job was requested: data that arrives later is not in it. */
  requestedAt: number;
  calendar: Calendar;
  words: Words;
  settings: JobSettings;
}

/** An event in an account, with random values of its own for all its other facts. */
export interface Happening {
  at: number;
  chance: Chance;
}

/** Random values that depend on the account and these labels, not on time or resource. */
export function chanceOf(subject: Subject, ...labels: (string | number)[]): Chance {
  return chance(subject.seed, subject.account.accountId, ...labels);
}

/**
 * The events of a stream within the subject's window, oldest first: some every day, most of them in the data
 * immediately, a few up to two days late, a few deleted by the person days afterwards.
 */
export function happenings(subject: Subject, stream: string, perDay: readonly [number, number]): Happening[] {
  const { account, calendar, startAt, endAt, requestedAt } = subject;
  const firstDay = Math.max(account.activeSinceDay, startAt === undefined ? -Infinity : calendar.dayOf(startAt));
  const lastDay = calendar.dayOf(Math.min(endAt, requestedAt));
  const events: Happening[] = [];
  for (let day = firstDay; day <= lastDay; day += 1) {
    const ofDay = chanceOf(subject, stream, day);
    const dayStart = calendar.startOf(day);
    const dayLength = calendar.startOf(day + 1) - dayStart;
    const count = ofDay.between(...perDay);
    for (let index = 0; index < count; index += 1) {
      const at = Math.floor(dayStart + ofDay.next() * dayLength);
      const arrivesAt = ofDay.happens(0.1) ? at + ofDay.next() * 2 * dayLength : at;
      const deletedAt = ofDay.happens(0.02) ? at + (1 + ofDay.next() * 9) * dayLength : Infinity;
      const visible = arrivesAt <= requestedAt && deletedAt > requestedAt;
      if (!visible || at > endAt || (startAt !== undefined && at < startAt)) continue;
      events.push({ at, chance: chanceOf(subject, stream, day, index) });
    }
  }
  return events.sort((a, b) => a.at - b.at);
}
