import type { Ctx } from '../../base/ctx.ts'
import type { Program, ProgramKind } from './program.ts'

/** Wakes the worker that speaks for a program: keeps its job, in this transaction. */
export type Wake = (ctx: Ctx, program: Program) => Promise<void>

/** What a platform tells about receiving devices, so that a setup it could not say is refused before it is saved. */
export interface Receiving {
  readonly platform: string
  /** Steps of the system's own assistant that can be left out. */
  readonly steps: readonly string[]
}

const speakers = new Map<ProgramKind, Wake>()
const receivings = new Map<string, Receiving>()

/** Says who speaks for programs of a kind; called by main. */
export function speakBy(kind: ProgramKind, wakeIt: Wake): void {
  speakers.set(kind, wakeIt)
}

/** Makes known how devices of a platform are received; called by main. */
export function receiveBy(receiving: Receiving): void {
  receivings.set(receiving.platform, receiving)
}

/** How devices of the platform are received, if the server knows it. */
export function receivingOf(platform: string): Receiving | undefined {
  return receivings.get(platform)
}

type Release = (ctx: Ctx, program: Program) => Promise<void>
const releases: Release[] = []

/** Says who may refuse that a program is removed; called by main. */
export function releaseBy(release: Release): void {
  releases.push(release)
}

/** Refuses to remove a program that somebody still needs. */
export async function demandReleased(ctx: Ctx, program: Program): Promise<void> {
  for (const one of releases) await one(ctx, program)
}

/** Asks the program's worker to look now; nobody may speak for its kind yet. */
export async function wake(ctx: Ctx, program: Program): Promise<void> {
  await speakers.get(program.kind)?.(ctx, program)
}
