/** Refusals of commands that are written by hand; see `problems.ts`. */
export const appleProblems = {
  'command.raw-invalid': {
    status: 422,
    title: 'The command is not what Apple says it must be.',
    next: 'Correct the keys named below: each is a JSON pointer with what is wrong there.',
  },
  'command.raw-unavailable': {
    status: 422,
    title: 'This device cannot take this command.',
    next: 'The fact "reason" says why: its system, version, supervision, way of enrollment, channel or access rights.',
  },
} as const
