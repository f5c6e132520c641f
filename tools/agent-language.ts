import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import * as answers from '../server/platforms/agent/answer-shapes.ts'
import {
  certifyShape,
  challengeShape,
  contactShape,
  enrollShape,
  renewShape,
} from '../server/platforms/agent/shapes.ts'
import { root } from './run.ts'

const folder = join(root, 'docs/reference/agent')

/** What is said, by the name of its file. */
const said: Readonly<Record<string, { shape: z.ZodType; title: string }>> = {
  challenge: { shape: challengeShape, title: 'POST /agent/v1/challenge' },
  'challenge-answer': { shape: answers.challengeAnswer, title: 'Answer to POST /agent/v1/challenge' },
  enroll: { shape: enrollShape, title: 'POST /agent/v1/enroll' },
  'enroll-answer': { shape: answers.enrollAnswer, title: 'Answer to POST /agent/v1/enroll' },
  contact: { shape: contactShape, title: 'POST /agent/v1/contact' },
  'contact-answer': { shape: answers.contactAnswer, title: 'Answer to POST /agent/v1/contact' },
  renew: { shape: renewShape, title: 'POST /agent/v1/renew' },
  'renew-answer': { shape: answers.renewAnswer, title: 'Answer to POST /agent/v1/renew' },
  certify: { shape: certifyShape, title: 'POST /agent/v1/certify' },
  'certify-answer': { shape: answers.certifyAnswer, title: 'Answer to POST /agent/v1/certify' },
  answer: { shape: answers.answerShape, title: 'Any answer, also those with errors' },
  document: { shape: answers.documentShape, title: 'Payload of a document (JWS typ muster-document)' },
  orders: { shape: answers.ordersShape, title: 'Payload of orders (JWS typ muster-orders)' },
}

/** The schemas of the agent's language, by the name of their file. */
export function agentSchemas(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(said).map(([name, { shape, title }]) => {
      const schema = shape.toJSONSchema({ io: 'input', unrepresentable: 'any' })
      return [`${name}.json`, `${JSON.stringify({ title, ...schema }, null, 2)}\n`]
    }),
  )
}

/** Whether the committed schemas say the same, and no others are there. */
export function agentSchemasAreFresh(): boolean {
  const made = agentSchemas()
  const there = readdirSync(folder).filter(name => name.endsWith('.json'))
  const same = (name: string): boolean => readFileSync(join(folder, name), 'utf8') === made[name]
  return there.length === Object.keys(made).length && there.every(same)
}

if (import.meta.main) {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(agentSchemas())) writeFileSync(join(folder, name), text)
}
