/**
 * Lists and numbers as of a day, as files, on a schedule, and evidence that can be checked without the server. Reads what others keep; keeps
 * only reports.
 */
export { occupant } from './occupant.ts'
export { verifyPack } from './verify.ts'
