/** Texts of this part of the console. */
export const guard = {} as const
