import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { startLittleServer } from './apple/testing/server.ts'
import { until } from '../tools/until.ts'

const program = join(import.meta.dirname, 'main.ts')

/** Runs the command line and gives its output so far, its end, and a way to wait for a word. */
function run(t: TestContext, ...words: string[]): { child: ChildProcess; said(pattern: RegExp): Promise<string> } {
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => child.kill('SIGKILL'))
  let output = '' // grows until the pattern is in it
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', part => (output += String(part)))
  const said = async (pattern: RegExp): Promise<string> => {
    await until(
      () => `${pattern} is said: ${output}`,
      () => pattern.test(output),
    )
    return output
  }
  return { child, said }
}

const exited = (child: ChildProcess): Promise<number | null> =>
  child.exitCode === null ? new Promise(resolve => child.once('exit', resolve)) : Promise.resolve(child.exitCode)

test('the command line enrolls devices, keeps them alive and calling, and stops when told', async t => {
  const server = await startLittleServer()
  t.after(() => server.close())
  const order = server.order({ RequestType: 'ProfileList' })
  const { child, said } = run(
    t,
    'apple',
    '--profile-url',
    `${server.url}/profile`,
    '--count',
    '2',
    '--poll',
    '1',
    '--no-accounts',
  )
  const output = await said(/2 of 2 devices are enrolled/)
  assert.equal(output.match(/^enrolled /gm)?.length, 2)
  await until('the order is answered', () => server.answers.has(order))
  child.kill('SIGTERM')
  assert.equal(await exited(child), 0)
})

test('the command line says what is missing, and ends with an error when nothing enrolls', async t => {
  const { child, said } = run(t, 'apple')
  await said(/--profile-url is missing/)
  assert.equal(await exited(child), 2)
  const server = await startLittleServer()
  t.after(() => server.close())
  const failing = run(t, 'apple', '--profile-url', `${server.url}/nothing`, '--count', '1')
  await failing.said(/FAILED .*404/)
  assert.equal(await exited(failing.child), 1)
})

test('the command line stands in for the push service and leaves its certificates in a folder', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-apns-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const { child, said } = run(t, 'apns', '--port', '0', '--wakes-port', '0', '--out', folder)
  assert.match(await said(/topic/), /providers {2}https:.*\ndevices {4}tcp:/)
  assert.match(readFileSync(join(folder, 'push.pem'), 'utf8'), /BEGIN CERTIFICATE/)
  assert.ok(existsSync(join(folder, 'push.key')) && existsSync(join(folder, 'server-ca.pem')))
  child.kill('SIGTERM')
  assert.equal(await exited(child), 0)
})
