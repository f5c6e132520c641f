/** Every job of this area. */
export { jobs } from './stuck.ts'
