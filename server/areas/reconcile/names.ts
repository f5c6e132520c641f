import { jobName } from '../../base/jobs.ts'

type Nothing = Record<string, never>

/** Reads what was sealed and marks whom it can touch. */
export const followName = jobName<Nothing>('reconcile.follow')
/** Computes the devices that are marked. */
export const computeName = jobName<Nothing>('reconcile.compute')
/** Marks those for whom an assignment or a trial begins or is over. */
export const boundaryName = jobName<Nothing>('reconcile.boundary')
/** Has those computed anew whose working time begins or is over. */
export const hoursName = jobName<Nothing>('reconcile.hours')
/** Looks after items that are due. */
export const sweepName = jobName<Nothing>('reconcile.sweep')

/** Under which name the place in the log is kept that has been read. */
export const follower = 'reconcile'
