/** Texts of this part of the console. */
export const location = {} as const
