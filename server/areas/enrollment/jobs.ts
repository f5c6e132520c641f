import type { AnyJobKind } from '../../base/jobs.ts'
import { jobs as newcomerJobs } from './newcomer.ts'
import { tendJob } from './run-job.ts'
import { jobs as watching } from './stuck.ts'

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [...watching, ...newcomerJobs, tendJob]
