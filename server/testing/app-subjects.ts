import * as apps from '../areas/apps/index.ts'
import { licenseClasses, licenseSubjects } from './license-subjects.ts'
import type { Class, Subject } from './subjects.ts'

let count = 0

/** What apps and licenses are made of in the authorization matrix. */
export const appSubjects = {
  ...licenseSubjects,
  app: {
    make: async ({ h, unit }) => {
      count += 1
      const wish = { platform: 'ios', kind: 'store', name: `App ${count}`, unit } as const
      const said = { bundle: `org.example.matrix${count}`, storeId: String(7_000_000 + count) }
      return { id: (await h.run(ctx => apps.addApp(ctx, { ...wish, ...said }))).id }
    },
  },
  release: {
    make: async ({ h, unit }) => {
      count += 1
      const bundle = `org.example.own${count}`
      const wish = { platform: 'ios', kind: 'file', name: `Own ${count}`, unit, bundle } as const
      const read = {
        ...{ bundle, title: '', icon: null, version: '1', shortVersion: '1', minimumOs: null, format: 'ipa' as const },
        ...{ name: 'a.ipa', blob: 'ab'.repeat(32), size: 1, signer: null, signerName: null, expiresAt: null },
        facts: { chunkBytes: 1, chunks: [], families: [], team: null, packages: [] },
      } as const
      const facts = { ...read.facts, chunks: [], families: [], packages: [] }
      const release = await h.run(async ctx => apps.addRelease(ctx, await apps.addApp(ctx, wish), { ...read, facts }))
      return { id: release.id }
    },
  },
  upload: {
    make: async ({ h, unit }) => ({
      id: (await h.run(ctx => apps.begin(ctx, { unit, name: 'a.ipa', size: 3 }))).id,
    }),
  },
  find: {
    whole: true,
    make: async ({ h }) => {
      const { key } = await h.given.admin()
      return { id: String((await h.http('POST', '/api/v1/app-finds', { as: key, body: { words: 'calc' } })).body.id) }
    },
  },
} satisfies Record<string, Subject>

const thing = (
  of: 'app' | 'release' | 'upload' | 'device',
  body?: unknown,
  more?: { with?: Record<string, string>; empty?: true },
): Class => ({
  for: 'thing',
  of,
  body,
  ...more,
})

/** Whom the routes of apps and licenses are for. */
export const appClasses: Readonly<Record<string, Class>> = {
  ...licenseClasses,
  'GET /api/v1/apps': { for: 'list', of: 'app' },
  'POST /api/v1/apps': {
    for: 'into',
    body: (unit, name) => ({ kind: 'web', name, unit, address: 'https://havsten.example' }),
  },
  'GET /api/v1/app-ties': { for: 'same' },
  'GET /api/v1/apps/:id': thing('app'),
  'PATCH /api/v1/apps/:id': thing('app', { name: 'Renamed' }),
  'DELETE /api/v1/apps/:id': thing('app'),
  'POST /api/v1/apps/:id/look-up': thing('app'),
  'PUT /api/v1/apps/:id/form': thing('app', { text: '{"type":"object","properties":{"url":{"type":"string"}}}' }),
  'POST /api/v1/apps/:id/allow-signer': thing('app'),
  'GET /api/v1/apps/:id/devices': thing('app', undefined, { empty: true }),
  'DELETE /api/v1/releases/:id': thing('release'),
  'POST /api/v1/app-uploads': { for: 'into', body: (unit, name) => ({ unit, name, size: 3 }) },
  'GET /api/v1/app-uploads/:id': thing('upload'),
  'PUT /api/v1/app-uploads/:id/parts/:place': thing('upload', undefined, { with: { place: '0' } }),
  'POST /api/v1/app-finds': { for: 'same', body: { words: 'calc' } },
  'GET /api/v1/app-finds/:id': { for: 'private', of: 'find' },
  'GET /api/v1/devices/:id/catalog': thing('device'),
  'POST /api/v1/devices/:id/catalog/:app/ask': thing('device', undefined, { with: { app: 'app_' + '0'.repeat(32) } }),
  'GET /files/apps/:signed': { for: 'open', why: 'what is sent proves itself' },
  'GET /api/v1/my/apps': { for: 'person' },
  'POST /api/v1/my/devices/:id/apps/:app': { for: 'person' },
}
