import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { type House, house } from '../../../testing/house.ts'
import { bind } from './account.ts'
import { freePort } from '../../../../tools/ports.ts'

const run = promisify(execFile)

/** A server that listens and works its jobs by itself, and a right to ask it for `localhost`. */
async function open(t: TestContext) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const h: House = await house(t, { MUSTER_URL: url, MUSTER_LISTEN: `http://127.0.0.1:${port}` })
  await h.server.http.listen({ host: '127.0.0.1', port })
  let over = false
  const working = (async () => {
    while (!over) {
      await h.settle()
      h.pass(200)
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  })()
  const folder = mkdtempSync(join(tmpdir(), 'muster-acme-'))
  const answers = await freePort()
  const { binding, secret } = await h.run(ctx => bind(ctx, { name: 'Web', names: ['localhost'], port: answers }))
  const stop = async (): Promise<void> => {
    over = true
    await working
    rmSync(folder, { recursive: true, force: true })
  }
  return { h, directory: `${url}/acme/${h.org}/directory`, kid: binding.id, secret, folder, answers, stop }
}

function judge(h: House, pem: string): void {
  const leaf = new X509Certificate(pem)
  assert.equal(leaf.checkHost('localhost'), 'localhost')
  assert.equal(leaf.verify(leaf.publicKey), false)
  const [, above = ''] = pem.split(/(?<=-----END CERTIFICATE-----\n)/)
  assert.equal(leaf.verify(new X509Certificate(above).publicKey), true)
  assert.ok(h.now() < new Date(leaf.validTo).getTime())
}

test('lego, a client of others, registers, proves a name by http-01, has its certificate and renews it', async t => {
  if (!existsSync('/usr/bin/lego')) return t.skip('lego is not installed')
  const { h, directory, kid, secret, folder, answers, stop } = await open(t)
  try {
    const common = ['--server', directory, '--accept-tos', '--email', 'web@havsten.example', '--path', folder]
    const names = ['--domains', 'localhost', '--http', '--http.port', `:${answers}`]
    const binding = ['--eab', '--kid', kid, '--hmac', secret]
    await run('/usr/bin/lego', [...common, ...names, ...binding, 'run'], { timeout: 300_000 })
    const file = join(folder, 'certificates/localhost.crt')
    const first = readFileSync(file, 'utf8')
    judge(h, first)
    await run('/usr/bin/lego', [...common, ...names, 'renew', '--days', '400', '--no-random-sleep'], {
      timeout: 300_000,
    })
    const second = readFileSync(file, 'utf8')
    judge(h, second)
    assert.notEqual(new X509Certificate(first).serialNumber, new X509Certificate(second).serialNumber)
    // Without the right, the same client gets nothing.
    const stranger = [
      '--server',
      directory,
      '--accept-tos',
      '--email',
      'x@havsten.example',
      '--path',
      join(folder, 'x'),
    ]
    await assert.rejects(
      run('/usr/bin/lego', [...stranger, ...names, 'run'], { timeout: 300_000 }),
      /externalAccountRequired/,
    )
    assert.ok((await h.events()).includes('certificate.issued'))
  } finally {
    await stop()
  }
})

test('certbot, a client of others, has its certificate', async t => {
  if (!existsSync('/usr/bin/certbot')) return t.skip('certbot is not installed')
  const { h, directory, kid, secret, folder, answers, stop } = await open(t)
  try {
    const places = ['config', 'work', 'logs'].flatMap(place => [`--${place}-dir`, join(folder, place)])
    const say = ['--non-interactive', '--agree-tos', '-m', 'web@havsten.example', '--server', directory]
    const names = [
      '--standalone',
      '-d',
      'localhost',
      '--http-01-port',
      String(answers),
      '--http-01-address',
      '127.0.0.1',
    ]
    await run(
      '/usr/bin/certbot',
      ['certonly', ...say, ...places, ...names, '--eab-kid', kid, '--eab-hmac-key', secret],
      { timeout: 300_000 },
    )
    judge(h, readFileSync(join(folder, 'config/live/localhost/fullchain.pem'), 'utf8'))
  } finally {
    await stop()
  }
})
