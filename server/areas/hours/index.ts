/**
 * Working time: weekly windows with their zone, holidays and exceptions, and what is left of a device outside of them. Policies of the kind
 * `work-time` say when and what; this room knows whether it is working time for a device at an instant (`phaseAt`, pure), reads what decides that
 * beside the policies, and remembers when to look again. Nothing is switched: what a device should have follows from the instant each time anew,
 * so a device that was away gets what is right when it calls.
 */
export { type Calendar, type Holiday, holidaysIn } from './calendar.ts'
export { hourEvents } from './events.ts'
export { ask, asksOf, type Exception, exceptionFor, grant, withdraw } from './exception.ts'
export {
  type Asked,
  type DevicePhase,
  offTimes,
  openSurroundings,
  phaseOf,
  phasesOf,
  remember,
  rememberedPhases,
  takeDue,
} from './look.ts'
export { firstLook } from './look-store.ts'
export { occupant } from './occupant.ts'
export { agenda, type Around, nextBoundary, type Phase, phaseAt } from './phase.ts'
export * as shapes from './shapes.ts'
export { shownPhase } from './shown.ts'
export { outsideOf, type WorkTime, workTimeKind, workTimeOf } from './work-time.ts'
export { unitZoneOf, zoneAt, zonesByPath, zonesOfPeople, zonesOfUnits } from './zone.ts'
