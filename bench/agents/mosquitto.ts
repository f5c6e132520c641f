import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePort } from '../../tools/ports.ts'
import { until } from '../../tools/until.ts'

/** A broker of somebody else that runs. */
export interface Mosquitto {
  readonly pid: number
  readonly url: string
  readonly version: string
  stop(): Promise<void>
}

/** Starts Debian's mosquitto on loopback, without passwords and rules, which is its cheapest; null where it is not installed. */
export async function startMosquitto(folder: string): Promise<Mosquitto | null> {
  const version = versionOf()
  if (version === null) return null
  const port = await freePort()
  const file = join(folder, 'mosquitto.conf')
  const lines = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'max_connections -1', 'persistence false']
  writeFileSync(file, [...lines, 'log_type error', 'user root', ''].join('\n'))
  const child = spawn('mosquitto', ['-c', file], { stdio: 'ignore' })
  await until('mosquitto listens', () => answers(port))
  return {
    pid: child.pid ?? 0,
    url: `mqtt://127.0.0.1:${port}`,
    version,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const over = once(child, 'exit')
      child.kill('SIGTERM')
      await over
    },
  }
}

function versionOf(): string | null {
  try {
    // It says so and ends with 3.
    execFileSync('mosquitto', ['-h'], { stdio: 'pipe', encoding: 'utf8' })
    return null
  } catch (error) {
    const { stdout = '' } = error as { stdout?: string }
    return /mosquitto version ([\d.]+)/.exec(stdout)?.[1] ?? null
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
