/** Texts of this part of the console. */
export const roster = {} as const
