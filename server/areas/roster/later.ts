import { jobName } from '../../base/jobs.ts'

/** Forgets what a program that was removed had promised, page by page. */
export const forgetProgram = jobName<{ program: string }>('program.forget')

/** Changes every promised device that a filter matches, page by page. */
export const bulkWork = jobName<{ bulk: string }>('roster.bulk')
