/** Texts of this part; each with its twin in every language. */
export const reconcile = {} as const
