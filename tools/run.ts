import { type SpawnOptions, spawn } from 'node:child_process'
import { join } from 'node:path'

/** The root of the checkout. */
export const root = join(import.meta.dirname, '..')

/** Runs a program to its end with our own tools first in PATH; answers its exit code and what it printed. `quiet` keeps the output back. */
export function run(
  program: string,
  args: readonly string[],
  options: SpawnOptions & { quiet?: boolean; limitMs?: number } = {},
): Promise<{ code: number; output: string }> {
  const { quiet, limitMs, env, ...rest } = options
  const path = `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}`
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      ...rest,
      env: { ...process.env, ...env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const timer = limitMs === undefined ? null : setTimeout(() => child.kill('SIGKILL'), limitMs)
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
