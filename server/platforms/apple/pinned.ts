import type { Id } from '../../base/id.ts'

/** How a device is managed: as a whole, only for work data (User Enrollment), or shared by people who sign in to it. */
export type EnrollmentKind = 'device' | 'user-enrollment' | 'shared-ipad'

/** Who is speaking, proved by certificate: the enrollment its certificate is pinned to, and the account whose channel it speaks on. */
export interface Pinned {
  readonly org: Id<'org'>
  readonly enrollment: Id<'enrollment'>
  readonly device: Id<'device'>
  /** The account of a user channel; '' for the device channel. */
  readonly account: Id<'account'> | ''
  readonly kind: EnrollmentKind
  /** It was asked to leave: nothing more is put on it. */
  readonly leaving: boolean
  /** Its setup run goes on. */
  readonly settingUp: boolean
}
