/**
 * What a change would do, before it is made: the state of the org as a value, its devices as targets, and the effects of every kind of write.
 * Policy tests live here, and the routes of every write that shows a preview first. A write is tried in a transaction that is taken back; the two
 * states are compared outside of any (`previewOf`), tests and limits speak (`carryOut`), and only then it is done.
 */
export type { Difference } from './compute.ts'
export { coverageOf } from './counting.ts'
export { type EffectiveNow, effectiveOf } from './effective.ts'
export { codeOf, type DeviceClass, type Gap, gapsIn, leftOut } from './honored.ts'
export { mayKnow, namedContribution, type Naming, namingFor } from './naming.ts'
export { occupant } from './occupant.ts'
export { endPreviews } from './place.ts'
export { type Asking, getPreview, previewOf } from './preview.ts'
export { type Preview, preview as previewShape, deviceRef as deviceShape } from './shapes.ts'
export { forReader, shownEffect } from './shown.ts'
export { licenseShifts, openSeatNeeds } from './seats.ts'
export { snapshot, snapshotIn } from './snapshot.ts'
export { type NamedTarget, targetOf, targetsPage, walk } from './target.ts'
export { asWish, dryRun, wish } from './wish.ts'
export { carryOut, type Wish, type Write, type Written } from './write.ts'
