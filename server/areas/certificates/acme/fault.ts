/** The kinds of refusal that clients know (RFC 8555 §6.7), with the status each has. */
const statuses = {
  accountDoesNotExist: 400,
  alreadyRevoked: 400,
  badAttestationStatement: 400,
  badCSR: 400,
  badNonce: 400,
  badPublicKey: 400,
  badRevocationReason: 400,
  badSignatureAlgorithm: 400,
  connection: 400,
  externalAccountRequired: 401,
  incorrectResponse: 403,
  invalidContact: 400,
  malformed: 400,
  orderNotReady: 403,
  rateLimited: 429,
  rejectedIdentifier: 400,
  serverInternal: 500,
  unauthorized: 403,
  unsupportedIdentifier: 400,
} as const

export type FaultType = keyof typeof statuses

/** A refusal in the client's own protocol. */
export class AcmeFault extends Error {
  readonly type: FaultType
  readonly status: number

  constructor(type: FaultType, detail: string, status: number = statuses[type]) {
    super(detail)
    this.type = type
    this.status = status
  }
}

/** A fault as the document that clients read. */
export function documentOf(fault: Pick<AcmeFault, 'type' | 'message' | 'status'>): Record<string, unknown> {
  return { type: `urn:ietf:params:acme:error:${fault.type}`, detail: fault.message, status: fault.status }
}
