import { planIntake } from '../areas/intakes/index.ts'
import type { Class, Subject } from './subjects.ts'

/** What intakes are made of in the authorization matrix. */
export const intakeSubjects = {
  intake: {
    make: async ({ h, unit }) => {
      const line = { line: 1, raw: '', serial: serialFor(unit), assetTag: '', person: '', place: '', torn: false }
      const plan = { name: 'April', day: '2026-12-01', zone: 'UTC', unit, blueprint: null, setup: null, note: '' }
      const source = { kind: 'list', lines: [line] } as const
      return { id: (await h.run(ctx => planIntake(ctx, { ...plan, source }))).id, n: '1' }
    },
  },
} satisfies Record<string, Subject>

let made = 0

function serialFor(unit: string): string {
  made += 1
  return `ITK${unit.slice(-6)}${made}`.toUpperCase()
}

const thing = (body?: unknown): Class => ({ for: 'thing', of: 'intake', body })
/** The thing is not in the state where that can be done, whoever asks. */
const empty = (body?: unknown): Class => ({ for: 'thing', of: 'intake', body, empty: true })

/** Whom the routes of intakes are for. */
export const intakeClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/intakes': { for: 'list', of: 'intake' },
  'POST /api/v1/intakes': {
    for: 'into',
    body: (unit, name) => ({
      name,
      day: '2026-12-01',
      unit,
      source: { kind: 'list', lines: [{ serial: serialFor(unit) }] },
    }),
  },
  'POST /api/v1/intakes/read': {
    for: 'into',
    body: () => new TextEncoder().encode('C02READ001'),
    query: unit => `?unit=${unit}`,
  },
  'GET /api/v1/intakes/:id': thing(),
  'PATCH /api/v1/intakes/:id': thing({ note: 'On the second floor' }),
  'DELETE /api/v1/intakes/:id': thing(),
  'POST /api/v1/intakes/:id/check': thing(),
  'POST /api/v1/intakes/:id/start': thing({ anyway: true }),
  'POST /api/v1/intakes/:id/close': empty({}),
  'GET /api/v1/intakes/:id/sheet.pdf': thing(),
  'GET /api/v1/intakes/:id/record.pdf': thing(),
  'GET /api/v1/intakes/:id/devices': thing(),
  'POST /api/v1/intakes/:id/devices': thing({ lines: [{ serial: 'C02INTAKE1' }] }),
  'PATCH /api/v1/intakes/:id/devices/:n': thing({ assetTag: 'A-1' }),
  'DELETE /api/v1/intakes/:id/devices/:n': thing(),
}
