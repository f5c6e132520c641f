import { writeFileSync } from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Smtp, type SmtpOptions, startSmtp } from '@muster/simulator/outside/smtp/smtp.ts'
import { type House, house } from './house.ts'

/** A mail server for one test, and the settings that make a house use it. */
export async function smtpFor(
  t: TestContext,
  options: SmtpOptions = {},
): Promise<{ smtp: Smtp; environment: Record<string, string> }> {
  const smtp = await startSmtp(options)
  const folder = mkdtempSync(join(tmpdir(), 'muster-smtp-'))
  const ca = join(folder, 'ca.pem')
  writeFileSync(ca, smtp.ca)
  t.after(async () => {
    await smtp.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const environment = {
    MUSTER_SMTP_URL: smtp.url,
    MUSTER_SMTP_CA: ca,
    MUSTER_MAIL_FROM: 'Muster at Havsten <muster@havsten.example>',
  }
  return { smtp, environment }
}

/** A house that mails through a mail server of its own. */
export async function mailingHouse(
  t: TestContext,
  environment: Record<string, string> = {},
  options: SmtpOptions = {},
): Promise<{ h: House; smtp: Smtp }> {
  const mail = await smtpFor(t, options)
  const h = await house(t, { ...mail.environment, ...environment })
  return { h, smtp: mail.smtp }
}

/** Lets the product's clock go on in steps, and its jobs with it. */
export async function go(h: House, ms: number, step = 30_000): Promise<void> {
  for (let gone = 0; gone < ms; gone += step) {
    h.pass(Math.min(step, ms - gone))
    await h.settle()
  }
}
