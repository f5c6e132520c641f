/** Sorts what was found in the chosen files: the certificates, and the private key if there is one. */
export function partsOf(texts: readonly string[]): { certificate?: string; key?: string } {
  const blocks = texts.flatMap(text => text.match(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g) ?? [])
  const certificates = blocks.filter(block => block.startsWith('-----BEGIN CERTIFICATE-----'))
  const key = blocks.find(block => /^-----BEGIN (RSA |EC |ENCRYPTED )?PRIVATE KEY-----/.test(block))
  return {
    ...(certificates.length > 0 ? { certificate: `${certificates.join('\n')}\n` } : {}),
    ...(key ? { key: `${key}\n` } : {}),
  }
}

/** The last four signs of a topic, by which people tell two apart. */
export function ending(topic: unknown): string {
  return typeof topic === 'string' && topic.length >= 4 ? topic.slice(-4) : '?'
}
