import type { AnyJobKind } from '../../base/jobs.ts'
import { dispatchJobs } from './dispatch.ts'

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [...dispatchJobs]
