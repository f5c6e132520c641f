/*
 * Virtual Apple devices. `device({ model, apns })` unpacks one, `enroll(phone, { profileUrl })` enrolls it through the
 * real protocol, a push or `connect(phone)` makes it call and obey, `misbehave(phone, rule)` plans what goes wrong, and
 * `phone.ledger` is what the device itself witnessed. They speak only the wire: whatever a server accepts or refuses
 * here it would accept or refuse from a real device. `startFleet` makes many of them.
 */
export { type AccountWish, removeAccount, sharedIpadUserId, signIn } from './accounts.ts'
export { type AppWish, changeApps, installApp, openableApps, removeApp } from './apps.ts'
export {
  boot,
  type BootOptions,
  factoryReset,
  get as openBefore,
  post as postBefore,
  type PromisedProfile,
  restartInSetup,
} from './assistant.ts'
export type { Deviation, Rule } from './behavior.ts'
export { type BirthAuthority, birthAuthority } from './birth.ts'
export { askReturnToService, getBootstrapToken, getToken, setBootstrapToken } from './bootstrap.ts'
export { CheckinRefused, checkIn, updateToken } from './checkin.ts'
export { clone } from './clone.ts'
export { knownCommands } from './commands/commands.ts'
export { betrayed } from './commands/too-much.ts'
export {
  type Account,
  type AppleDevice,
  type Conversation,
  comeOnline,
  type DeviceOptions,
  device,
  type Enrollment,
  goOffline,
  misbehave,
  type Packet,
  putAway,
} from './device.ts'
export {
  changeToken,
  EnrollmentFailed,
  type EnrollOptions,
  enroll,
  eraseByHand,
  identityPem,
  installEnrollment,
  unenroll,
} from './enroll.ts'
export type { Person } from './form.ts'
export { type Fleet, type FleetOptions, startFleet } from './fleet.ts'
export { type Agents, agents, type Reply, Unreachable } from './http.ts'
export { freshKeys, type KeySource, pooledKeys, storedKeys } from './keys.ts'
export { type Executed, type Ledger, promised, type Sent } from './ledger.ts'
export { type MachineWish, machineInfo, signedMachine } from './machine.ts'
export { enrollOverTheAir } from './over-the-air.ts'
export { addWorkAccount, type Challenge, type WorkAccountOptions } from './work-account.ts'
export { pack, releaseHeld, sendRaw, signature, transmit } from './line.ts'
export { at as declaredAt, type Declared, type Held } from './declarations/declared.ts'
export { lookAgain } from './declarations/sync.ts'
export { answerPrompt, type ManagedApp, type ManagedState } from './managed.ts'
export { appListsIn, networksIn, restrictionsIn } from './profile-rules.ts'
export { removeByHand } from './shelf.ts'
export { connect, settled, unlock } from './session.ts'
export { firmwareNow, regenerateBypass, setRecoveryKey, vaultOf } from './vault.ts'
export { type Life, live, type Offered, type Update } from './updates.ts'
