/** Texts of this part of the console. */
export const acme = {} as const
