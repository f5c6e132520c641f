/** Texts of this part of the console. */
export const passkeys = {} as const
