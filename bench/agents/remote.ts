import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A process of the benchmark that does what it is told. */
export interface Remote {
  readonly pid: number
  ask<T>(act: string, ...args: unknown[]): Promise<T>
  stop(): Promise<void>
}

/** Starts one of the programs beside this file. It ends when we do, however that is. */
export function startRemote(file: string, args: readonly string[] = []): Remote {
  const child: ChildProcess = fork(join(import.meta.dirname, file), args, { serialization: 'advanced' })
  const open = new Map<number, { resolve(value: never): void; reject(error: Error): void }>()
  let next = 0
  child.on('message', ([id, error, value]: [number, string | null, never]) => {
    const asked = open.get(id)
    open.delete(id)
    if (error === null) asked?.resolve(value)
    else asked?.reject(new Error(error))
  })
  child.on('exit', code => {
    for (const { reject } of open.values()) reject(new Error(`${file} ended with ${code}`))
    open.clear()
  })
  return {
    pid: child.pid ?? 0,
    ask: (act, ...rest) =>
      new Promise((resolve, reject) => {
        next += 1
        open.set(next, { resolve, reject })
        child.send([next, act, ...rest])
      }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const over = once(child, 'exit')
      child.disconnect()
      await over
    },
  }
}

/** For those programs: does what it is told, one act each, until whoever started it is gone. */
export function obey(acts: Record<string, (...args: never[]) => unknown>): void {
  process.on('message', async ([id, act, ...args]: [number, string, ...never[]]) => {
    try {
      process.send?.([id, null, (await acts[act]?.(...args)) ?? null])
    } catch (error) {
      process.send?.([id, error instanceof Error ? (error.stack ?? error.message) : String(error)])
    }
  })
  process.on('disconnect', () => process.exit(0))
}
