/** The emulator as a library: a pretend Google for the Data Portability API. */
export { startEmulator, type Emulator } from './emulator';
export type { EmulatorOptions } from './options';
export type { AccountOrder } from './accounts';
export type { ClientOrder } from './clients';
export type { ClockSetting } from './clock';
export type { Control } from './control/control';
export type { FaultOrder } from './faults/fault';
export type { OpenFault } from './faults/faults';
export type { LoggedRequest, MethodName } from './http/request-log';
export type { JobSettings } from './job-settings';
export type { Account, AccessType, ConsentDecision, Grant, Job, State } from './state';
export { switchSets, type Switches, type SwitchSet } from './switches';
