/** Texts of this part of the console. */
export const hours = {} as const
