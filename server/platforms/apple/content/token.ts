import { z } from 'zod'
import { Problem } from '../../../base/problem.ts'

/** What a content token says of itself. */
export interface ContentToken {
  /** The text as it is sent: the whole file, on one line. */
  bearer: string
  expiresAt: number
  orgName: string
}

const shape = z.looseObject({
  token: z.string().min(1).max(4000),
  expDate: z.string().min(1).max(60),
  orgName: z.string().max(500).default(''),
})

/** Reads the file that the vendor's portal hands out (`.vpptoken`): base64 of JSON, with or without breaks and a mark in front. Throws a Problem that says what it is not. */
export function readToken(text: string, now: number): ContentToken {
  const bearer = text.replaceAll(/[\s﻿]/g, '')
  if (!/^[A-Za-z0-9+/]{16,}={0,2}$/.test(bearer)) throw new Problem('content.not-a-token')
  const read = shape.safeParse(parsed(Buffer.from(bearer, 'base64').toString('utf8')))
  if (!read.success) throw new Problem('content.not-a-token')
  const expiresAt = instantOf(read.data.expDate)
  if (expiresAt === null) throw new Problem('content.not-a-token')
  if (expiresAt <= now) throw new Problem('content.token-expired', { expiresAt })
  return { bearer, expiresAt, orgName: read.data.orgName }
}

/** The vendor writes zones without a colon (`+0000`, `-0700`), which the language does not read everywhere. */
export function instantOf(text: string): number | null {
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(at) ? null : at
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
