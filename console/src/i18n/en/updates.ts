/** Texts of this part of the console. */
export const updates = {} as const
