import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Route } from '../server/base/route.ts'
import { routes } from '../server/main.ts'
import { problems } from '../server/base/problems.ts'
import { typesOf } from './openapi-types.ts'

type Json = { [key: string]: unknown }
const folder = join(import.meta.dirname, '../api')
export const apiFiles = { document: join(folder, 'openapi.json'), types: join(folder, 'schema.d.ts') }

/** The OpenAPI 3.1 document of the people's API, from the declared routes. */
export function openapi(): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes.filter(r => r.path.startsWith('/api/'))) {
    const path = route.path.replaceAll(/:([A-Za-z]+)/g, '{$1}')
    for (const method of [route.method].flat()) {
      paths[path] = { ...paths[path], [method.toLowerCase()]: operation(route, method) }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Muster',
      version: '1',
      description: 'Everything the console does, and nothing it does not.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }, { session: [] }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-muster' },
        visit: { type: 'apiKey', in: 'cookie', name: '__Host-muster-person' },
      },
      schemas: { Problem: problemSchema },
    },
  }
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'request'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problems).sort() },
    next: { type: 'string', description: 'What to do next.' },
    request: { type: 'string' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

function operation(route: Route, method: string): Json {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')]
  const write = method !== 'GET'
  if (write && route.auth === 'admin')
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      schema: { type: 'string', maxLength: 200 },
      description: 'The same key with the same request answers the same, once done.',
    })
  return {
    operationId: operationId(route, method),
    summary: route.summary,
    tags: [route.path.split('/')[3] ?? 'other'],
    ...(route.auth === 'none' ? { security: [] } : {}),
    ...(route.auth === 'session' ? { security: [{ session: [] }] } : {}),
    ...(route.auth === 'person' ? { security: [{ visit: [] }] } : {}),
    'x-permission': route.permission,
    'x-stability': route.stability ?? 'stable',
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body instanceof z.ZodType
      ? {
          requestBody: {
            required: true,
            content: { [route.accepts[0] ?? 'application/json']: { schema: json(route.body, 'input') } },
          },
        }
      : {}),
    ...(route.body === 'bytes'
      ? {
          requestBody: {
            required: true,
            content: Object.fromEntries(route.accepts.map(t => [t, { schema: { type: 'string', format: 'binary' } }])),
          },
        }
      : {}),
    responses: {
      [route.status]: answerOf(route),
      default: {
        description: 'A problem (RFC 9457).',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function answerOf(route: Route): Json {
  if (route.reply === null) return { description: 'Done.' }
  if (route.reply === 'stream')
    return { description: 'Server-sent events.', content: { 'text/event-stream': { schema: { type: 'string' } } } }
  if (route.reply instanceof z.ZodType)
    return { description: 'The answer.', content: { 'application/json': { schema: json(route.reply, 'output') } } }
  return {
    description: 'The answer.',
    content: Object.fromEntries(route.reply.bytes.map(t => [t, { schema: { type: 'string', format: 'binary' } }])),
  }
}

function parametersOf(schema: z.ZodType | null, where: 'path' | 'query'): Json[] {
  if (schema === null) return []
  const { properties = {}, required = [] } = json(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...one }]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(description ? { description } : {}),
    schema: one,
  }))
}

function json(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Json
  return rest
}

/** `getDevices`, `postDevicesIdCommands`: stable, made from method and path. */
function operationId(route: Route, method: string): string {
  const words = route.path
    .replace('/api/v1/', '')
    .split(/[/:.-]+/)
    .filter(Boolean)
  return method.toLowerCase() + words.map(w => w.charAt(0).toUpperCase() + w.slice(1)).join('')
}

/** What the two generated files must hold. */
export function apiTexts(): { document: string; types: string } {
  const document = openapi()
  return { document: `${JSON.stringify(document, null, 2)}\n`, types: typesOf(document) }
}

/** Whether the committed files say the same. */
export function apiIsFresh(): boolean {
  const { document, types } = apiTexts()
  return readFileSync(apiFiles.document, 'utf8') === document && readFileSync(apiFiles.types, 'utf8') === types
}

if (import.meta.main) {
  const { document, types } = apiTexts()
  writeFileSync(apiFiles.document, document)
  writeFileSync(apiFiles.types, types)
}
