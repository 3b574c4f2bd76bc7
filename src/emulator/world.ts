/** The shared parts of the emulator: its state, clock, periods, clients and address. */
import type { Clients } from './clients';
import type { Clock } from './clock';
import type { Periods } from './lifetimes-and-periods';
import type { StateStore } from './state-store';
import type { State } from './state';

export interface World {
  readonly store: StateStore;
  readonly clock: Clock;
  readonly periods: Periods;
  readonly clients: Clients;
  /** Base URL as callers reach it, without a slash at the end. */
  readonly baseUrl: () => string;
  /** Longest authorise URL in bytes before "too many scopes"; 0 for no limit. */
  readonly longestAuthorizeUrl: number;
}

/** The current state of a world. */
export function stateOf(world: World): State {
  return world.store.state;
}
