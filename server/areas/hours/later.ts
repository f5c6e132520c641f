import { jobName } from '../../base/jobs.ts'

/** Ends an exception, or a question nobody answered, when its time is over. */
export const endExceptionName = jobName<{ exception: string }>('hours.end')
