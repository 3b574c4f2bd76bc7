/** The emulator's clock: the only place in the emulator that reads the system time. */

/** How the clock runs: with the system, faster or slower than it, or standing still at a set instant. */
export type ClockSetting =
  { mode: 'real' } | { mode: 'scaled'; scale: number; at?: string } | { mode: 'set'; at: string };

/** The clock as it is kept in the state: at system time `systemAt` it showed `at` (both milliseconds since 1970). */
export interface ClockState {
  mode: ClockSetting['mode'];
  scale: number;
  systemAt: number;
  at: number;
}

export interface Clock {
  /** The emulator's current time, in milliseconds since 1970. */
  now(): number;
  /** The emulator's current time as RFC 3339 with milliseconds. */
  iso(): string;
  /** Changes how the clock runs. Throws a RangeError on an instant or a scale that cannot be read. */
  set(setting: ClockSetting): void;
  /** Moves the clock forward by `milliseconds`, keeping its mode. Throws a RangeError on a negative or odd figure. */
  advance(milliseconds: number): void;
  describe(): { mode: ClockSetting['mode']; scale: number; now: string };
}

/** A fresh clock state for a setting. */
export function clockState(setting: ClockSetting): ClockState {
  const systemAt = Date.now();
  if (setting.mode === 'real') return { mode: 'real', scale: 1, systemAt, at: systemAt };
  const at = setting.at === undefined ? systemAt : Date.parse(setting.at);
  if (Number.isNaN(at)) throw new RangeError(`The clock cannot be set to "${String(setting.at)}": use RFC 3339.`);
  if (setting.mode === 'set') return { mode: 'set', scale: 0, systemAt, at };
  if (!(setting.scale > 0)) throw new RangeError(`A clock scale must be above zero, not ${setting.scale}.`);
  return { mode: 'scaled', scale: setting.scale, systemAt, at };
}

/** A clock over a state that `current` reads and `replace` writes, so that the state file keeps it over a restart. */
export function createClock(current: () => ClockState, replace: (state: ClockState) => void): Clock {
  const now = () => {
    const state = current();
    return Math.round(state.at + (Date.now() - state.systemAt) * state.scale);
  };
  return {
    now,
    iso: () => new Date(now()).toISOString(),
    set: (setting) => replace(clockState(setting)),
    advance: (milliseconds) => {
      if (!(milliseconds >= 0)) throw new RangeError(`The clock only moves forward, not by ${milliseconds} ms.`);
      const at = now() + milliseconds;
      replace({ ...current(), systemAt: Date.now(), at });
    },
    describe: () => ({ mode: current().mode, scale: current().scale, now: new Date(now()).toISOString() }),
  };
}
