import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { april, ten } from '../../testing/april.ts'

const tomorrow = (now: number): string => new Date(now + 86_400_000).toISOString().slice(0, 10)

/** Mia of Sales with an iPad that has what Sales has; School and the designers have other apps, each with so few licenses. */
async function scene(t: TestContext) {
  const { h, at, ipads, apps, licenses, call, blueprint, switchOn, live } = await april(t, { ipads: 1, licenses: 1 })
  const [machine] = ipads
  const [one, other, third] = ten
  assert.ok(machine && one && other && third)
  const drawn = [...at.assets.values()].find(a => a.adamId === String(third.id))
  assert.ok(drawn)
  drawn.totalCount = 0
  await call('POST', `/programs/${licenses}/sync`)
  const sales = await h.given.unit({ name: 'Sales' })
  const school = await h.given.unit({ name: 'School' })
  const required = (app: string | undefined) => ({ kind: 'app', value: { app, presence: 'required' } })
  const camera = { kind: 'restrictions', value: { camera: false } }
  const forSales = await blueprint('Sales', [required(apps[0]), camera])
  await call('POST', `/blueprints/${forSales}/assignments`, { unit: sales.id })
  const forSchool = await blueprint('School', [required(apps[1])])
  await call('POST', `/blueprints/${forSchool}/assignments`, { unit: school.id })
  const user = await h.given.user({ email: 'mia@havsten.test', displayName: 'Mia Ek', unit: sales.id })
  const bo = await h.given.user({ email: 'bo@havsten.test', displayName: 'Bo Ask', unit: sales.id })
  const designers = await h.given.group({ name: 'Designers', users: [bo.id] })
  const forDesign = await blueprint('Design', [required(apps[2])])
  await call('POST', `/blueprints/${forDesign}/assignments`, {
    unit: h.root.id,
    scope: { include: { groups: [designers.id] } },
  })
  const setup = await call('POST', '/setups', { name: 'Staff iPads', unit: h.root.id, body: { awaits: true } })
  const line = { serial: machine.hardware.serial, person: 'mia@havsten.test', place: 'Sales' }
  await call('POST', '/intakes', {
    name: 'One',
    day: tomorrow(h.now()),
    unit: h.root.id,
    setup: setup.id,
    source: { kind: 'list', lines: [line] },
  })
  await live(15, [])
  await switchOn(machine)
  await live(60)
  /** What is on the device, and who holds what at the store. */
  const there = () => ({
    apps: [one, other, third].map(app => machine.interior.apps.some(a => a.identifier === app.bundle)),
    seats: [...at.assignments.values()].map(a => `${a.adamId} ${a.serialNumber}`).sort(),
  })
  const seat = (app: { id: number }) => `${app.id} ${machine.hardware.serial}`
  const buy = async (): Promise<void> => {
    drawn.totalCount = 1
    await call('POST', `/programs/${licenses}/sync`)
  }
  const [device] = (await call('GET', '/devices')).items
  return { h, call, live, one, other, third, school, user, bo, apps, there, seat, buy, device: String(device.id) }
}

interface Shown {
  preview: {
    groups: { devices: number; sample: { id: string }[]; effects: Effect[]; licenses: Licensed[] }[]
    licenses: (Licensed & { free: number; total: number; short: number })[]
    notes: { code: string; facts: { short: number } }[]
  }
  places: { groups: { effects: Effect[]; licenses: Licensed[] }[] }[]
}
interface Effect {
  sign: string
  kind: string
  name: string
}
interface Licensed {
  app: string
  taken: number
  returned: number
}

/** What a preview says device by device, in short. */
const said = ({ preview }: Pick<Shown, 'preview'>) => ({
  devices: preview.groups.map(g => g.sample.map(s => s.id)),
  effects: preview.groups.flatMap(g => g.effects.map(e => `${e.sign} ${e.kind} ${e.name}`)).sort(),
  licenses: preview.groups.flatMap(g => g.licenses.map(l => [l.app, l.taken, l.returned])),
  all: preview.licenses.map(l => [l.app, l.taken, l.returned, l.short]),
})

test('S4-17: a person moves by hand and by file, and a device gets another person: before, what each device gains and loses is shown with its licenses; after, apps are really there or gone and seats swapped, to 100 %', async t => {
  const { h, call, live, one, other, third, school, user, bo, apps, there, seat, buy, device } = await scene(t)
  assert.deepEqual(there(), { apps: [true, false, false], seats: [seat(one)] })

  // Dropped on another unit: a plan is made, looked at, approved and followed.
  const move = { user: user.id, unit: school.id }
  const drop = await call('POST', '/changes', { name: 'Mia to School', at: null, moves: [move] })
  await live(5)
  const draft: Shown = await call('GET', `/changes/${drop.id}`)
  const toSchool = {
    devices: [[device]],
    effects: ['add app School 1', 'remove app Sales 1', 'remove restrictions Sales 2'],
    licenses: [
      [apps[0], 0, 1],
      [apps[1], 1, 0],
    ],
    all: [
      [apps[0], 0, 1, 0],
      [apps[1], 1, 0, 0],
    ],
  }
  const ordered = (of: ReturnType<typeof said>) => ({
    ...of,
    licenses: of.licenses.toSorted((a, b) => apps.indexOf(String(a[0])) - apps.indexOf(String(b[0]))),
    all: of.all.toSorted((a, b) => apps.indexOf(String(a[0])) - apps.indexOf(String(b[0]))),
  })
  assert.deepEqual(ordered(said(draft)), toSchool)
  assert.deepEqual(
    draft.places[0]?.groups[0]?.licenses.map(l => l.app).sort(),
    [apps[0], apps[1]].sort(),
    'the passage from one unit to the other says it too',
  )
  assert.deepEqual(there(), { apps: [true, false, false], seats: [seat(one)] }, 'looking does nothing')
  await call('POST', `/changes/${drop.id}/approve`, {})
  await live(120)
  const moved = await call('GET', `/changes/${drop.id}`)
  assert.deepEqual([moved.state, moved.reach.managed, moved.reach.reached, moved.reach.failed], ['done', 1, 1, 0])
  assert.deepEqual(there(), { apps: [false, true, false], seats: [seat(other)] })

  // The file of the staff office says she is in Sales again.
  const { key } = await h.given.admin()
  const file = await h.http('POST', '/api/v1/imports?of=users&mode=update', {
    as: key,
    body: new TextEncoder().encode('email,unit\nmia@havsten.test,Sales\n'),
    headers: { 'content-type': 'text/csv' },
  })
  await live(5)
  const ready = await call('GET', `/imports/${file.body.id}`)
  assert.equal(ready.state, 'ready')
  assert.deepEqual(ordered(said(ready)), {
    devices: [[device]],
    effects: ['add app Sales 1', 'add restrictions Sales 2', 'remove app School 1'],
    licenses: [
      [apps[0], 1, 0],
      [apps[1], 0, 1],
    ],
    all: [
      [apps[0], 1, 0, 0],
      [apps[1], 0, 1, 0],
    ],
  })
  assert.deepEqual(there(), { apps: [false, true, false], seats: [seat(other)] })
  await call('POST', `/imports/${file.body.id}/apply`, {})
  await live(120)
  const applied = await call('GET', `/imports/${file.body.id}`)
  assert.deepEqual([applied.state, applied.reach.managed, applied.reach.reached], ['applied', 1, 1])
  assert.deepEqual(there(), { apps: [true, false, false], seats: [seat(one)] })

  // The iPad goes to a designer; of that app there is no license, which is said before and asked for by its number.
  const hand = await call('POST', '/changes', { name: 'iPad to Bo', at: null, moves: [{ device, user: bo.id }] })
  await live(5)
  const handing: Shown = await call('GET', `/changes/${hand.id}`)
  assert.deepEqual(said(handing), {
    devices: [[device]],
    effects: ['add app Design 1'],
    licenses: [[apps[2], 1, 0]],
    all: [[apps[2], 1, 0, 1]],
  })
  assert.deepEqual(
    handing.preview.notes.map(n => [n.code, n.facts.short]),
    [['licenses.short', 1]],
  )
  const refused = await h.http('POST', `/api/v1/changes/${hand.id}/approve`, { as: key, body: {} })
  assert.equal(refused.body.code, 'change.confirm')
  await call('POST', `/changes/${hand.id}/approve`, { confirm: 'short 1' })
  await live(60)
  const waiting = await call('GET', `/changes/${hand.id}`)
  assert.deepEqual(
    [waiting.state, waiting.reach.managed, waiting.reach.reached],
    ['done', 1, 0],
    'it waits, and says so',
  )
  await buy()
  await live(120)
  const handed = await call('GET', `/changes/${hand.id}`)
  assert.deepEqual([handed.reach.managed, handed.reach.reached], [1, 1])
  assert.deepEqual(there(), { apps: [true, false, true], seats: [seat(one), seat(third)].sort() })
  assert.equal((await call('GET', `/devices/${device}`)).user.id, bo.id)
})
