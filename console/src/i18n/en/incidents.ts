/** Texts of this part of the console. */
export const incidents = {} as const
