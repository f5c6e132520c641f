/**
 * What a change would do, before it is made: the state of the org as a value, its devices as targets, and the effects of every kind of write.
 * Policy tests live here, and the routes of every write that shows a preview first.
 */
export { snapshot, snapshotIn } from './snapshot.ts'
export { type NamedTarget, targetOf, targetsPage } from './target.ts'
