import type * as enrollment from '../../areas/enrollment/index.ts'
import { endToken } from './token-ending.ts'

/** What enrolling through Google asks of an invitation: there are no rights to count. */
export const enrolling: enrollment.Enrolling = {
  platform: 'android',
  allRights: 0,
  validRights: rights => rights === 0,
  revoked: endToken,
}
