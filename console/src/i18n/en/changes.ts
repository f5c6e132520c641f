/** Texts of this part; each with its twin in every language. */
export const changes = {} as const
