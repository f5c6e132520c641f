/** An address of this console to go on to, or Home: never another site, never back to the gate. */
export function safeNext(next: string | undefined): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/'
  if (/^\/(sign-in|setup|accept)(\/|\?|$)/.test(next)) return '/'
  return next
}
