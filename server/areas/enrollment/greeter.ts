import type { Ctx } from '../../base/ctx.ts'
import type { Device } from '../devices/index.ts'

/** Whoever expects a device gives it what it comes for, in the transaction in which its enrollment begins. Answers the device as it is then. */
export type Greeter = (ctx: Ctx, device: Device, enrollment: string) => Promise<Device>

let greeter: Greeter | null = null

/** Main says who expects devices: that is a later room. */
export function greetBy(by: Greeter): void {
  greeter = by
}

/** The device after it was greeted; as it was where nobody expects any. */
export async function greet(ctx: Ctx, device: Device, enrollment: string): Promise<Device> {
  return greeter === null ? device : greeter(ctx, device, enrollment)
}

/** Whoever expects a device learns that it asked to enroll, before anything else is known of it. */
export type Porter = (ctx: Ctx, serial: string) => Promise<void>

let porter: Porter | null = null

/** Main says who is told of devices that ask to enroll. */
export function tellBy(by: Porter): void {
  porter = by
}

/** A device of this serial number has proved itself and is about to enroll. */
export async function knocked(ctx: Ctx, serial: string): Promise<void> {
  await porter?.(ctx, serial)
}
