/** Texts of this part of the console. */
export const intakes = {} as const
