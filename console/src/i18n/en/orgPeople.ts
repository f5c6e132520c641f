/** Texts of this part; each with its twin in every language. */
export const orgPeople = {} as const
