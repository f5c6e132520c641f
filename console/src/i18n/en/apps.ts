/** Texts of this part of the console. */
export const apps = {} as const
