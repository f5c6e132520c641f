/** Enrollment: invitations and how far devices have come. */
export const enrollment = {
  'enroll.title': 'Enroll devices',
} as const
