/** Texts of this part of the console. */
export const privacy = {} as const
