/** Texts of this part of the console. */
export const portal = {} as const
