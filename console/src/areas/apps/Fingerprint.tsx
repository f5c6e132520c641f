/** The fingerprint of a certificate as the tools of others write it, so far that people can compare it; the whole one on demand. */
export function Fingerprint({ of }: { of: string }) {
  const hex = hexOf(of)
  return (
    <span className="mono" title={hex} data-name>
      {(hex.slice(0, 16).match(/.{4}/g) ?? []).join(' ')}…
    </span>
  )
}

/** From the text in which it is stored: base64url, perhaps with what it is before it. */
function hexOf(stored: string): string {
  const [first = ''] = stored.replace(/^cert:/, '').split('+')
  try {
    const bytes = atob(first.replaceAll('-', '+').replaceAll('_', '/'))
    return [...bytes].map(c => c.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  } catch {
    return first
  }
}
