import type { AnyJobKind } from '../../base/jobs.ts'
import { keepJob } from './keep-job.ts'
import { findJob, lookUpJob } from './look.ts'
import { readJob } from './read-job.ts'
import { watchJob } from './watch.ts'

/** Every job of this area. */
export const jobs: readonly AnyJobKind[] = [readJob, findJob, lookUpJob, keepJob, watchJob]
