import { connect } from 'node:http2'
import type { Apns } from '../../outside/apns/apns.ts'
import type { MintedPushCertificate } from '../../outside/apns/certificates.ts'

/** Sends one push over its own connection, as a management server would, and returns the status. */
export async function pushOnce(
  apns: Apns,
  as: MintedPushCertificate,
  { token, magic }: { token: string; magic: string },
): Promise<number> {
  const session = connect(apns.url, { ca: apns.ca, cert: as.certificate, key: as.key })
  try {
    return await new Promise<number>((resolve, reject) => {
      session.on('error', reject)
      const stream = session.request({
        ':method': 'POST',
        ':path': `/3/device/${token}`,
        'apns-topic': as.topic,
        'apns-push-type': 'mdm',
        'apns-priority': '10',
        'apns-expiration': String(Math.floor(Date.now() / 1000) + 600),
      })
      stream.on('error', reject)
      stream.on('response', head => resolve(Number(head[':status'])))
      stream.resume()
      stream.end(JSON.stringify({ mdm: magic }))
    })
  } finally {
    session.close()
  }
}
