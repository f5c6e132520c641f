import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { join } from 'node:path'

/** The root of the checkout. */
export const root = join(import.meta.dirname, '..')

/** How a program is run. `quiet` keeps the output back; `channel` lets a program of Node notice that we are gone. */
export type Running = SpawnOptions & {
  quiet?: boolean
  limitMs?: number
  channel?: boolean
  started?: (child: ChildProcess) => void
}

/** Runs a program to its end with our own tools first in PATH; answers its exit code and what it printed. */
export function run(
  program: string,
  args: readonly string[],
  options: Running = {},
): Promise<{ code: number; output: string }> {
  const { quiet, limitMs, channel, started, env, ...rest } = options
  const path = `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}`
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      ...rest,
      env: { ...process.env, ...env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe', ...(channel ? (['ipc'] as const) : [])],
    })
    started?.(child)
    const timer = limitMs === undefined ? null : setTimeout(() => killTree(child), limitMs)
    let output = ''
    const take = (chunk: Buffer): void => {
      output += chunk.toString()
      if (!quiet) process.stdout.write(chunk)
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (timer) clearTimeout(timer)
      resolve({ code: code ?? (signal ? 1 : 0), output })
    })
  })
}

/** Kills a program, and where it is a group of its own (`detached`) everything it started. */
export function killTree(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): void {
  const { pid } = child
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    child.kill(signal) // it leads no group, or nobody of it is left
  }
}
