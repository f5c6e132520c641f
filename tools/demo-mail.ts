import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Smtp, startSmtp } from '../simulator/outside/smtp/smtp.ts'

/** A mail server on loopback that puts what it takes into a folder, each mail as it came and as a page to look at. */
export async function startMailbox(folder: string): Promise<Smtp & { folder: string }> {
  mkdirSync(folder, { recursive: true })
  const smtp = await startSmtp()
  let kept = 0
  const look = setInterval(() => {
    for (; kept < smtp.received.length; kept += 1) {
      const one = smtp.received[kept]
      if (!one) continue
      const name = `${String(kept + 1).padStart(3, '0')} ${one.to.replaceAll(/[^\w.@-]/g, '')}`
      writeFileSync(join(folder, `${name}.eml`), one.raw)
      const { html, text } = one.mail
      writeFileSync(join(folder, `${name}.html`), html || `<meta charset="utf-8"><pre>${escaped(text ?? '')}</pre>`)
    }
  }, 1000)
  look.unref()
  return { ...smtp, folder }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
