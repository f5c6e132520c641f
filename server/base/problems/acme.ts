/** Refusals of this part of the product; see `problems.ts`. */
export const acmeProblems = {} as const
