import type { AnyJobKind } from '../../base/jobs.ts'
import { changeJobs } from './change-jobs.ts'
import { importJobs } from './import-jobs.ts'

/** What changes do in the background. */
export const jobs: readonly AnyJobKind[] = [...importJobs, ...changeJobs]
