import type { Said } from '../web/web.ts'

/** JSON objects as they come and go. */
export type Table = Record<string, unknown>

/** Numbers of `google.rpc.Code` with their HTTP status. */
const codes = {
  CANCELLED: [1, 499],
  INVALID_ARGUMENT: [3, 400],
  DEADLINE_EXCEEDED: [4, 504],
  NOT_FOUND: [5, 404],
  ALREADY_EXISTS: [6, 409],
  PERMISSION_DENIED: [7, 403],
  RESOURCE_EXHAUSTED: [8, 429],
  FAILED_PRECONDITION: [9, 400],
  UNIMPLEMENTED: [12, 501],
  UNAUTHENTICATED: [16, 401],
} as const
export type Code = keyof typeof codes

/** What a request is refused with. */
export class Refusal extends Error {
  readonly code: Code
  readonly details: readonly Table[]
  readonly headers: Record<string, string>

  constructor(
    code: Code,
    message: string,
    more: { details?: readonly Table[]; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.code = code
    this.details = more.details ?? []
    this.headers = more.headers ?? {}
  }
}

/** The refusal as Google's services write it. */
export function envelope({ code, message, details, headers }: Refusal): Said {
  const [, status] = codes[code]
  const error = { code: status, message, status: code, ...(details.length > 0 ? { details } : {}) }
  return { status, headers, body: { error } }
}

/** An error inside an operation. */
export function rpcStatus(code: Code, message: string): Table {
  return { code: codes[code][0], message }
}

/** A refusal that names fields. */
export function badRequest(message: string, fields: readonly { field: string; description: string }[]): Refusal {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: fields }]
  return new Refusal('INVALID_ARGUMENT', message, { details })
}

/** The object that a value is; null when it is none. */
export function tableIn(value: unknown): Table | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : null
}

/** The objects of a list; whatever else is in it is left out. */
export function tablesIn(value: unknown): Table[] {
  return listIn(value).flatMap(one => {
    const table = tableIn(one)
    return table ? [table] : []
  })
}

/** The items of a list; none where there is no list. */
export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
