import { Problem } from '../../base/problem.ts'
import type { Finding, Json } from './kind.ts'
import { findingsOf } from './value.ts'

/** A policy that a file would become: for a person to look at and save. */
export interface Proposal {
  kind: string
  name: string
  value: Json
}

/** Reads a file of some vendor's; null when it is none of theirs, a problem when it is theirs and broken. */
export type Reader = (bytes: Uint8Array) => Proposal | null

const readers: Reader[] = []

/** Makes a reader of files known; called by main before the server starts. */
export function offerImport(reader: Reader): void {
  if (!readers.includes(reader)) readers.push(reader)
}

/** What a file would become as a policy, with what its kind remarks. Nothing is saved. */
export function propose(bytes: Uint8Array): Proposal & { findings: readonly Finding[] } {
  for (const reader of readers) {
    const proposal = reader(bytes)
    if (proposal) return { ...proposal, findings: findingsOf(proposal.kind, proposal.value) }
  }
  throw new Problem('policy.file-unknown')
}
