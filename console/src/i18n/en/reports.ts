/** Texts of this part of the console. */
export const reports = {} as const
