/** Texts of this part of the console. */
export const alerts = {} as const
