/** The least length of a password; the server has the last word. */
export const leastLength = 12

/** How good a new password is, by length and variety alone: a word, not a promise. */
export function strengthOf(password: string): 'short' | 'fair' | 'good' {
  const signs = [...password.normalize('NFKC')]
  if (signs.length < leastLength || new Set(signs).size < 5) return 'short'
  return signs.length >= 16 && new Set(signs).size >= 9 ? 'good' : 'fair'
}
