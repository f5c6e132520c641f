/** Texts of this part of the console. */
export const compliance = {} as const
