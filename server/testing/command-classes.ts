import type { Class } from './subjects.ts'

type Of = Extract<Class, { for: 'thing' }>['of']
const same: Class = { for: 'same' }
const list = (of: Of): Class => ({ for: 'list', of })
const thing = (of: Of, body?: unknown): Class => ({ for: 'thing', of, body })

/** Whom the routes of commands are for. */
export const commandClasses: Readonly<Record<string, Class>> = {
  'GET /api/v1/devices/:id/commands': thing('device'),
  'POST /api/v1/devices/:id/commands': thing('device', { kind: 'device.query', args: {} }),
  'POST /api/v1/devices/:id/refresh': thing('device'),
  'GET /api/v1/commands': list('command'),
  'GET /api/v1/commands/:id': thing('command'),
  // A command that was not answered has no answer.
  'GET /api/v1/commands/:id/answer': { for: 'thing', of: 'command', empty: true },
  'POST /api/v1/commands/:id/cancel': thing('command'),
  'POST /api/v1/commands/:id/push': thing('command'),
  'GET /api/v1/command-kinds': same,
  // Whom a batch reaches is decided device by device; see areas/commands.
  'POST /api/v1/command-batches': { for: 'same', body: { kind: 'device.query', args: {}, filter: '', dryRun: true } },
  'GET /api/v1/command-batches': list('batch'),
  'GET /api/v1/command-batches/:id': thing('batch'),
  'POST /api/v1/command-batches/:id/cancel': thing('batch'),
}
