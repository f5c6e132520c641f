/** Texts of this part of the console. */
export const escrow = {} as const
