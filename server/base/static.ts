import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { consolePolicy, secured } from './guard.ts'

const types: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
}

/** Serves the built console and the portal: files by name from memory (hashed ones for ever), the portal at `/my`, and the console's page for every address that is not the API's. */
export async function serveConsole(app: FastifyInstance, folder: string, tiles: string | null = null): Promise<void> {
  const page = pageOf(folder, 'index.html')
  const own = pageOf(folder, 'my.html')
  const answer = (reply: import('fastify').FastifyReply, html = page): unknown => {
    const nonce = randomBytes(16).toString('base64')
    secured(reply)
    // Only the console draws maps; the portal's page asks nobody else for anything.
    const policy = consolePolicy(nonce, html === own ? null : tiles)
    reply.header('content-security-policy', policy).header('content-type', 'text/html; charset=utf-8')
    return reply.send(html === null ? notBuilt : html.replaceAll('__CSP_NONCE__', nonce))
  }
  for (const file of await filesOf(folder)) {
    const bytes = await readFile(join(folder, file))
    const forms = compressed(bytes)
    const type = types[file.split('.').pop() ?? ''] ?? 'application/octet-stream'
    app.get(`/${file}`, (request, reply) => {
      secured(reply)
      const accepted = String(request.headers['accept-encoding'] ?? '').split(/[\s,;]+/)
      const form = forms.find(f => accepted.includes(f.name) && f.bytes.length < bytes.length)
      if (form) reply.header('content-encoding', form.name)
      reply
        .header('vary', 'accept-encoding')
        .header('cache-control', file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      return reply.header('content-type', type).send(form?.bytes ?? bytes)
    })
  }
  for (const path of pages) app.get(path, (_request, reply) => answer(reply))
  app.get('/my', (_request, reply) => answer(reply, own))
  app.get('/*', (request, reply) => {
    const person = /\btext\/html\b/.test(request.headers.accept ?? '') && !machines.test(request.url)
    return person ? answer(reply.code(404)) : reply.callNotFound()
  })
}

/** A file in the forms a browser may ask for, the smallest first. (RFC 9110 §8.4.1) */
function compressed(bytes: Uint8Array): { name: string; bytes: Uint8Array }[] {
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  return [
    { name: 'br', bytes: brotli },
    { name: 'gzip', bytes: gzipSync(bytes, { level: 9 }) },
  ]
}

/** Addresses that only programs and devices use: they get a problem document whatever they accept. */
const machines = /^\/(api|mdm|scep|enroll)\//

/** The addresses of the console's own pages; everything else unknown is a 404, which the console words for people. */
const pages = [
  '/',
  '/setup',
  '/sign-in',
  '/sign-in/*',
  '/accept',
  '/home',
  '/devices',
  '/devices/*',
  '/commands',
  '/commands/*',
  '/people',
  '/people/*',
  '/activity',
  '/activity/*',
  '/updates',
  '/updates/*',
  '/alerts',
  '/alerts/*',
  '/incidents',
  '/incidents/*',
  '/settings',
  '/settings/*',
  '/me',
  '/me/*',
  '/enrollment',
  '/enrollment/*',
  '/policies',
  '/policies/*',
  '/apps',
  '/apps/*',
  '/reports',
  '/reports/*',
  '/help',
  '/help/*',
]

const notBuilt =
  '<!doctype html><title>Muster</title><p>The console is not built. Run <code>./muster start</code>, which builds it, or <code>npm run build</code>.'

function pageOf(folder: string, name: string): string | null {
  try {
    return readFileSync(join(folder, name), 'utf8')
  } catch {
    return null
  }
}

async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  return names
    .map(n => relative('.', n))
    .filter(n => n !== 'index.html' && n !== 'my.html' && !n.endsWith('.map') && statSync(join(folder, n)).isFile())
}
