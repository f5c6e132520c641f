import type { Ctx } from '../../base/ctx.ts'

/** Told that there is something to do for an enrollment that has no address. */
export type Speaker = (ctx: Ctx, enrollment: string) => Promise<void>

const speakers: Speaker[] = []

/** Makes known who speaks for enrollments that are never woken, because a vendor passes on what is said to them; called by main. */
export function speakBy(speaker: Speaker): void {
  if (!speakers.includes(speaker)) speakers.push(speaker)
}

/** Tells whoever may speak for the enrollment. */
export async function tellSpeakers(ctx: Ctx, enrollment: string): Promise<void> {
  for (const speaker of speakers) await speaker(ctx, enrollment)
}
