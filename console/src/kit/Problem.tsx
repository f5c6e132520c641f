import type { ReactNode } from 'react'
import { type Problem, Refusal } from '../api.ts'
import { useVoice, type Voice } from '../i18n/index.tsx'
import type { Values } from '../i18n/messages.ts'
import { Note } from './State.tsx'

/** What an error is, as a problem; anything that is not a refusal is a fault of the page. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem
  const detail = error instanceof Error ? error.message : null
  return { status: 0, code: 'console.fault', title: '', detail, next: null, fields: [], request: null, facts: {} }
}

/** The sentence for a problem: our own words for a code we know, else the server's. */
export function sayProblem(voice: Voice, problem: Problem): string {
  const key = `problem.${problem.code}`
  if (voice.has(key)) return voice.tell(key, problem.facts as Values)
  if (problem.detail ?? problem.title) return problem.detail ?? problem.title
  return voice.t('problem.unknown', { code: problem.code })
}

/** A refusal drawn where it happened: what was refused, and the next step. */
export function ProblemNote(props: { error: unknown; acts?: ReactNode }) {
  const voice = useVoice()
  if (!props.error) return null
  const problem = problemOf(props.error)
  const nextKey = `problem.${problem.code}.next`
  const next = voice.has(nextKey) ? voice.tell(nextKey, problem.facts as Values) : problem.next
  return (
    <Note tone="danger" role="alert" acts={props.acts}>
      <p>
        <b>{sayProblem(voice, problem)}</b> {next}
      </p>
      {problem.fields.map(field => (
        <p key={field.path} className="small">
          <span className="mono">{field.path}</span> {field.message}
        </p>
      ))}
      {problem.request && (
        <p className="small muted">
          {voice.t('problem.request')} <span className="mono">{problem.request}</span>
        </p>
      )}
    </Note>
  )
}

/** The message a field was refused with, if it was. */
export function fieldError(error: unknown, path: string): string | null {
  if (!error) return null
  return problemOf(error).fields.find(field => field.path === path || field.path.endsWith(`/${path}`))?.message ?? null
}
