import { readFileSync } from 'node:fs'
import { fromPem, toPem } from '@muster/wire/x509/pem.ts'
import { everything } from '../../base/authority.ts'
import type { Base } from '../../base/transact.ts'
import { keepForeign } from './certificate.ts'
import { issuerOf } from './issuer.ts'
import * as store from './store.ts'

/** What a TLS server listens with, all PEM. `ca` is the authority to trust, null when the operator brought the certificate. */
export interface ServerTls {
  cert: string
  key: string
  ca: string | null
}

const lookMs = 60 * 60_000
const listeners = new WeakMap<object, Set<() => void>>()

/**
 * The certificate and key to listen with: the operator's files when they are set, else one of our own authority for the host of MUSTER_URL
 * and this machine's own names, made on first need and renewed at two thirds of its life.
 */
export async function serverTls(base: Base): Promise<ServerTls> {
  const { tlsCert, tlsKey } = base.config
  if (tlsCert !== null && tlsKey !== null) return fromFiles(base, tlsCert, tlsKey)
  const leaf = await issuerOf(base, store.serverOrg, 'tls')
  const ca = await issuerOf(base, store.serverOrg, 'ca-tls')
  return {
    // With its authority: an agent that was given the authority's hash must see it to know it.
    cert: `${toPem('CERTIFICATE', leaf.certificate.der)}${toPem('CERTIFICATE', ca.certificate.der)}`,
    key: leaf.key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    ca: toPem('CERTIFICATE', ca.certificate.der),
  }
}

/**
 * Calls `apply` with the certificate whenever it changes: after a renewal in this process at once, of another process or of the
 * operator's files within the hour. Answers how to stop looking.
 */
export function watchServerTls(base: Base, current: ServerTls, apply: (tls: ServerTls) => void): () => void {
  let { cert } = current
  const look = async (): Promise<void> => {
    try {
      const fresh = await serverTls(base)
      if (fresh.cert === cert) return
      cert = fresh.cert
      apply(fresh)
    } catch (error) {
      base.log.warn({ error: String(error) }, 'the server certificate could not be read anew')
    }
  }
  const kick = (): void => void look()
  const all = listeners.get(base.secrets) ?? new Set()
  listeners.set(base.secrets, all)
  all.add(kick)
  const timer = setInterval(kick, lookMs)
  timer.unref()
  return () => {
    clearInterval(timer)
    all.delete(kick)
  }
}

/** Makes every listener of this process look now. */
export function renewed(base: Base): void {
  for (const kick of listeners.get(base.secrets) ?? []) kick()
}

async function fromFiles(base: Base, certFile: string, keyFile: string): Promise<ServerTls> {
  const cert = readFileSync(certFile, 'utf8')
  const key = readFileSync(keyFile, 'utf8')
  const [leaf, ...chain] = fromPem(cert)
    .filter(block => block.label === 'CERTIFICATE')
    .map(block => block.der)
  if (!leaf) throw new Error(`MUSTER_TLS_CERT: ${certFile} holds no certificate in PEM form.`)
  const scope = {
    org: store.serverOrg,
    actor: { kind: 'system', id: null, what: 'tls' },
    authority: everything,
  } as const
  await base.transact(scope, async ctx => {
    const id = await keepForeign(ctx, { purpose: 'tls', der: leaf, chain, owner: { kind: 'file', id: certFile } })
    for (const other of await store.inCustody(ctx)) {
      if (other.purpose !== 'tls' || other.id === id) continue
      await store.updateCertificate(ctx, other.org, other.id, { state: 'retired', ended_at: ctx.now })
      if (other.owner_kind === 'issuer') await store.retireIssuer(ctx, other.owner_id)
    }
  })
  return { cert, key, ca: null }
}
