/** Refusals of this part of the product; see `problems.ts`. */
export const escrowProblems = {} as const
