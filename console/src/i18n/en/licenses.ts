/** Texts of this part of the console. */
export const licenses = {} as const
