import type { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import type { ProblemCode } from '../../base/problem.ts'
import type { JsonValue } from '../devices/index.ts'
import type { Impact } from '../guard/index.ts'
import type { DataType } from '../privacy/index.ts'

/** How soon among the commands of one enrollment. */
export type Priority = 'high' | 'normal' | 'low'

/** Whom a command is for, as far as eligibility depends on it. */
export interface Subject {
  readonly device: {
    readonly id: Id<'device'>
    readonly name: string
    readonly serial: string | null
    readonly platform: string
    readonly osVersion: string | null
    readonly supervised: boolean | null
    readonly ownership: string
    readonly state: string
    readonly unitPath: string
  }
  readonly enrollment: {
    readonly id: Id<'enrollment'>
    /** The road by which it is reached. */
    readonly platform: string
    readonly kind: string
    /** What the person who enrolled granted, as the platform counts it; null when the platform has no such thing. */
    readonly accessRights: number | null
  }
  /** The account whose channel the command goes by; '' for the device itself. */
  readonly account: Id<'account'> | ''
  /** What the device reported, by key; a missing key is not known. */
  readonly facts: Readonly<Record<string, JsonValue>>
}

/** A command that a device has answered, as its kind needs to know it. */
export interface Answered<A> {
  readonly id: Id<'command'>
  readonly enrollment: Id<'enrollment'>
  readonly account: Id<'account'> | ''
  readonly device: Id<'device'>
  readonly unitPath: string
  /** Without the secret arguments. */
  readonly args: Partial<A>
}

/** Why a command failed: the platform's own words, and the code of our explanation. */
export interface CommandError {
  readonly code: number | null
  readonly domain: string | null
  readonly message: string | null
  readonly explained: string
}

/** What the arguments of a command ask for beyond its kind's own permission. */
export interface Demands {
  readonly permissions: readonly string[]
  readonly wipes: boolean
  /** Where the arguments decide how much harm it does. */
  readonly impact?: Impact
}

/** One kind of command on one platform: who may send what to which devices, how it is said, and what its answer changes. */
export interface CommandKind<A extends object, R = unknown> {
  readonly kind: string
  /** Held on the device's unit by whoever sends it. */
  readonly permission: string
  /** How much harm it can do: the guard asks. */
  readonly impact: Impact
  /** Cannot be undone; never expires by itself. */
  readonly destructive: boolean
  readonly args: z.ZodType<A>
  /** Arguments that may appear in the log; all others are withheld there. */
  readonly loggable: readonly (keyof A & string)[]
  /** Arguments that are sealed and never shown back. */
  readonly secret: readonly (keyof A & string)[]
  /** How long it waits for the device; null: until it is canceled. */
  readonly expiresInMs: number | null
  readonly platforms: readonly string[]
  readonly priority?: Priority
  /** Asked by the server itself on enrollment and on schedule; then it is neither logged nor counted as waiting. */
  readonly inventory?: boolean
  /** Only the server sends it. */
  readonly internal?: boolean
  /** Part of something that is logged and counted elsewhere: itself it never is. */
  readonly quiet?: boolean
  /** Whether what is answered to these arguments is not kept with the command, because it is kept elsewhere, sealed. */
  forgets?(args: Partial<A>): boolean
  /** Answers are read only by those who hold `permission`. */
  readonly confidential?: boolean
  /** `eligible` or `prepare` look at facts that the device reported. */
  readonly looksAtFacts?: boolean
  /** Facts that only the platform knows, added to those the device reported. */
  looks?(ctx: Ctx, subject: Subject): Promise<Record<string, JsonValue>>
  /** Whether this device can take it at all, by its facts; else the reason. Pure. */
  eligible(subject: Subject): true | ProblemCode
  /** What a charter calls what these arguments order; the kind itself by default. Secret arguments may be missing. */
  actionOf?(args: Partial<A>): string
  /** It only asks for what is of this kind; where that is never collected it is not asked. */
  readonly wants?: DataType
  /** What these arguments ask for beyond `permission`. */
  demands?(args: A): Demands
  /** The device itself demands the approvals of the approvers it knows, so that none can be spared. */
  readonly proved?: true
  /** Its argument `confirm` names the device. */
  readonly confirms?: boolean
  /** Completes the arguments with what the server decides; refuses arguments that do not fit this device. */
  prepare?(ctx: Ctx, subject: Subject, args: A): A | Promise<A>
  /** Arguments that are only filled in when the command is handed out; a Problem ends the command as failed. */
  complete?(
    ctx: Ctx,
    enrollment: Id<'enrollment'>,
    command: { readonly account: Id<'account'> | ''; readonly args: A },
  ): Promise<Partial<A>>
  /**
   * Argument that is kept as a secret of the device under this name, pending until the device acknowledges; with `until: 'proven'` until its kind
   * says so, because an acknowledgement proves nothing.
   */
  readonly keeps?: { readonly arg: keyof A & string; readonly as: string; readonly until?: 'proven' }
  /** What else happens in the moment it joins the queue: at once, or when it was held and is let go. */
  onQueue?(ctx: Ctx, subject: Subject): Promise<void>
  /** The bytes that say it to the device. */
  encode(args: A, uuid: string): Uint8Array
  /** Explanations of errors that come to the same as success. */
  readonly forgives?: readonly string[]
  /** Why an acknowledged command has failed all the same; null when it has not. Pure. */
  judge?(result: unknown): CommandError | null
  /** What the answer says; may throw when it makes no sense, and then the command is marked undecodable. Pure. */
  read?(result: unknown): R
  /** What an acknowledgement changes. `read` is undefined where an error came to the same as success. */
  onDone?(ctx: Ctx, command: Answered<A>, read: R): Promise<void>
  /** What it changes that the command has failed, on the device or before it could leave. */
  onFailed?(ctx: Ctx, command: Answered<A>, error: CommandError): Promise<void>
}

/** A kind with its argument types forgotten, as lists hold them. */
// biome-ignore lint/suspicious/noExplicitAny: the arguments' type is known where the kind is written
export type AnyCommandKind = CommandKind<any, any>

/** How much harm this order does. */
export function impactOf(kind: AnyCommandKind, args: object): Impact {
  return kind.demands?.(args).impact ?? kind.impact
}

/** By name, then by the road on which it is said so. */
const offered = new Map<string, Map<string, AnyCommandKind>>()

/**
 * Makes known how the kinds are said on a road, which is a platform of enrollments; called by main before the server starts. One name means one thing on
 * every road: who may order it and whether it can be undone do not depend on the device.
 */
export function offer(road: string, kinds: readonly AnyCommandKind[]): void {
  for (const kind of kinds) {
    const known = offered.get(kind.kind)
    const [other] = known?.values() ?? []
    if (other && (other.permission !== kind.permission || other.destructive !== kind.destructive))
      throw new Error(`${kind.kind} means something else on ${road}`)
    offered.set(kind.kind, new Map([...(known ?? []), [road, kind]]))
  }
}

/** The kind of this name as it is said on a road. */
export function findKind(name: string, road: string): AnyCommandKind | undefined {
  return offered.get(name)?.get(road)
}

/** The kind of this name on whatever road it was offered first: for what it means, not for how it is said. */
export function meaningOf(name: string): AnyCommandKind | undefined {
  return offered.get(name)?.values().next().value
}

/** Every kind that is offered, once, in the order of the platforms' lists. */
export function allKinds(): readonly AnyCommandKind[] {
  return [...offered.keys()].flatMap(name => meaningOf(name) ?? [])
}

/** Every kind on every road it is said on. */
export function kindsByRoad(): readonly { readonly road: string; readonly kind: AnyCommandKind }[] {
  return [...offered.values()].flatMap(roads => [...roads].map(([road, kind]) => ({ road, kind })))
}

/** Every kind that is said on a road. */
export function kindsOn(road: string): readonly AnyCommandKind[] {
  return [...offered.values()].flatMap(roads => roads.get(road) ?? [])
}
