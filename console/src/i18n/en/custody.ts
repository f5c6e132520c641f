/** Texts of this part of the console. */
export const custody = {} as const
