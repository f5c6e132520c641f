/** Texts of this part of the console. */
export const setups = {} as const
