import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One operation of the API as the command line offers it: `devices list`, made from the document. */
export interface Operation {
  /** The words that name it: `devices {id} commands create`. */
  words: string
  method: string
  path: string
  summary: string
  permission: string | null
  parameters: { name: string; in: 'path' | 'query'; required: boolean; description: string }[]
  /** Properties of the JSON body, required ones first. */
  fields: { name: string; required: boolean; kind: string }[]
}

interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  enum?: unknown[]
  anyOf?: Schema[]
}
interface Declared {
  summary?: string
  'x-permission'?: string | null
  parameters?: { name: string; in: 'path' | 'query' | 'header'; required?: boolean; description?: string }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

/** Every operation of the committed API document. */
export function operations(): Operation[] {
  const document = JSON.parse(readFileSync(join(import.meta.dirname, '../api/openapi.json'), 'utf8')) as {
    paths: Record<string, Record<string, Declared>>
  }
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, declared]) => {
      const body = declared.requestBody?.content['application/json']?.schema
      return {
        words: wordsOf(method, path, declared),
        method: method.toUpperCase(),
        path,
        summary: declared.summary ?? '',
        permission: declared['x-permission'] ?? null,
        parameters: (declared.parameters ?? []).flatMap(p =>
          p.in === 'header'
            ? []
            : [{ name: p.name, in: p.in, required: p.required ?? false, description: p.description ?? '' }],
        ),
        fields: fieldsOf(body),
      }
    }),
  )
}

/** `devices list`, `devices get`, `devices commands create`: the nouns of the path, then the verb. */
function wordsOf(method: string, path: string, declared: Declared): string {
  const parts = path.replace('/api/v1/', '').split('/')
  const nouns = parts.filter(p => !p.startsWith('{'))
  const single = parts.at(-1)?.startsWith('{') ?? false
  const isAct = method === 'post' && !declared.requestBody && nouns.length > 1
  const verb =
    { get: single ? 'get' : 'list', post: isAct ? '' : 'create', put: 'put', patch: 'change', delete: 'remove' }[
      method
    ] ?? method
  return [...nouns, verb].filter(Boolean).join(' ')
}

function fieldsOf(schema: Schema | undefined): Operation['fields'] {
  const required = schema?.required ?? []
  return Object.entries(schema?.properties ?? {})
    .map(([name, s]) => ({ name, required: required.includes(name), kind: kindOf(s) }))
    .sort((a, b) => Number(b.required) - Number(a.required))
}

function kindOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map(String).join('|')
  if (schema.anyOf) return [...new Set(schema.anyOf.map(kindOf).filter(k => k !== 'null'))].join('|')
  return [schema.type ?? 'json']
    .flat()
    .filter(t => t !== 'null')
    .join('|')
}
