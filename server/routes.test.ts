import assert from 'node:assert/strict'
import { test } from 'node:test'
import { permissionsOf, type Role, roleIds } from './areas/identity/index.ts'
import type { Route } from './base/route.ts'
import { routes } from './main.ts'
import type { GivenAdmin } from './testing/given-identity.ts'
import { type House, house } from './testing/house.ts'
import { type Class, classes, houseOf, type Place, type Subject, subjects } from './testing/subjects.ts'

const nameOf = (r: Route): string => `${[r.method].flat().join('|')} ${r.path}`
const methodOf = (r: Route): string => [r.method].flat()[0] ?? 'GET'
const classOf = (r: Route): Class | undefined => (Object.hasOwn(classes, nameOf(r)) ? classes[nameOf(r)] : undefined)

/** Where a thing is, seen from an admin of the unit `own`. */
interface Scene {
  h: House
  inside: Record<'own' | 'child', Place>
  outside: Record<'parent' | 'sibling' | 'other org', Place>
  /** One admin per role, on `own`. */
  byRole: Map<Role, GivenAdmin>
  /** Owner of the whole org. */
  owner: GivenAdmin
  /** Owner of `own`, and read-only on its sister. */
  mixed: GivenAdmin
}

async function scene(t: Parameters<typeof house>[0]): Promise<Scene> {
  const h = await house(t)
  await h.given.releases()
  const parent = await h.given.unit({ name: 'Parent' })
  const own = await h.given.unit({ name: 'Own', parent: parent.id })
  const sibling = await h.given.unit({ name: 'Sibling', parent: parent.id })
  const child = await h.given.unit({ name: 'Child', parent: own.id })
  const other = await h.given.org('Other')
  const byRole = new Map<Role, GivenAdmin>()
  for (const role of roleIds) byRole.set(role, await h.given.admin({ role, unit: own.id }))
  const owner = await h.given.admin()
  const mixed = await h.given.admin({ role: 'owner', unit: own.id })
  const grant = { role: 'read-only', unit: sibling.id }
  await h.http('POST', `/api/v1/admins/${mixed.id}/grants`, { as: owner.key, body: grant })
  return {
    h,
    inside: { own: { h, unit: own.id }, child: { h, unit: child.id } },
    outside: {
      parent: { h, unit: parent.id },
      sibling: { h, unit: sibling.id },
      'other org': { h: houseOf(h, other.org, other.root), unit: other.root.id },
    },
    byRole,
    owner,
    mixed,
  }
}

type Who = { as: string } | { headers: Record<string, string> }

function ask(h: House, r: Route, ids: Record<string, string>, of: Class, who: Who | null, unit = '') {
  const extra = of.for === 'thing' || of.for === 'same' ? (of.with ?? {}) : {}
  const url = r.path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? extra[name] ?? 'x')
  const text = 'body' in of && typeof of.body === 'object' ? JSON.stringify(of.body).replaceAll('{unit}', unit) : null
  return h.http(methodOf(r), url, { ...(text === null ? {} : { body: JSON.parse(text) }), ...who })
}

/** The path names something that is the same for everyone, such as a kind. */
const namesOne = (of: Class | undefined): boolean => of?.for === 'same' && of.with !== undefined

/** Ids of nothing, of the same form. */
const random = (ids: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(ids).map(([name, id]) => [name, `${id.slice(0, 4)}${'0123456789abcdef'.repeat(2)}`]),
  )

/** A refusal without what tells one request from another. */
const bare = (answer: { status: number; body: unknown }): object => ({
  status: answer.status,
  body: { ...(answer.body as object), request: '' },
})

const holds = (r: Route, role: Role): boolean =>
  r.permission === null || (permissionsOf(role) as readonly string[]).includes(r.permission)

const refusals = ['permission.missing', 'id.unknown', 'role.exceeds-own']
const refused = (answer: { status: number; body: { code?: string } }): boolean =>
  [403, 404].includes(answer.status) && refusals.includes(answer.body.code ?? '')

const every = <K extends Class['for']>(kind: K): [Route, Extract<Class, { for: K }>][] =>
  routes.flatMap(r => {
    const of = classOf(r)
    return of?.for === kind ? [[r, of as Extract<Class, { for: K }>]] : []
  })

test('every route is classified, and every class names a route', () => {
  const unknown = routes.filter(r => classOf(r) === undefined).map(nameOf)
  assert.deepEqual(unknown, [], 'add these to server/testing/subjects.ts: whom are they for?')
  const names = new Set(routes.map(nameOf))
  const open = routes.filter(r => r.auth === 'none' || r.auth === 'device').map(nameOf)
  assert.deepEqual(
    Object.keys(classes).filter(c => !names.has(c)),
    [],
  )
  assert.deepEqual(
    open.filter(name => classes[name]?.for !== 'open'),
    [],
    'open to anyone, but not said so',
  )
  for (const r of routes) {
    if (['thing', 'private'].includes(classOf(r)?.for ?? '')) assert.match(r.path, /:/, nameOf(r))
    else if (!['open', 'self', 'person'].includes(classOf(r)?.for ?? '') && !namesOne(classOf(r)))
      assert.doesNotMatch(r.path, /:/, nameOf(r))
    if (classOf(r)?.for === 'self') assert.equal(r.auth, 'session', nameOf(r))
    else if (classOf(r)?.for === 'person') assert.equal(r.auth, 'person', nameOf(r))
    else if (r.permission === null && r.auth !== 'none' && r.auth !== 'device')
      assert.equal(classOf(r)?.for, 'same', nameOf(r))
  }
})

test('a stranger is told to sign in, whatever they ask; a key is not a session, and nobody is a device by being an admin', async t => {
  const { h, owner } = await scene(t)
  const { cookie: visit } = await h.given.visit()
  const self = (cookie: string) => ({ headers: { cookie, 'sec-fetch-site': 'same-origin' } })
  for (const r of routes) {
    const of = classOf(r)
    if (!of || of.for === 'open') continue
    const ids = Object.fromEntries([...r.path.matchAll(/:(\w+)/g)].map(m => [m[1] ?? '', 'x']))
    for (const who of [null, { headers: { cookie: '__Host-muster=forged; __Host-muster-person=forged' } }]) {
      const answer = await ask(h, r, ids, of, who)
      assert.deepEqual([answer.status, answer.body.code], [401, 'session.missing'], nameOf(r))
    }
    const forged = await ask(h, r, ids, of, { as: `mk_${'A'.repeat(43)}` })
    assert.equal(forged.body.code, r.auth === 'admin' ? 'key.refused' : 'session.missing', nameOf(r))
    if (r.auth === 'session') assert.equal((await ask(h, r, ids, of, { as: owner.key })).status, 401, nameOf(r))
    if (r.auth === 'person') {
      // An admin, whoever they are, is not the person.
      assert.equal((await ask(h, r, ids, of, { as: owner.key })).status, 401, nameOf(r))
      assert.equal((await ask(h, r, ids, of, self(owner.cookie))).status, 401, nameOf(r))
      continue
    }
    // And a person is no admin.
    assert.equal((await ask(h, r, ids, of, self(visit))).status, 401, nameOf(r))
    if (methodOf(r) === 'GET') continue
    const foreign = await ask(h, r, ids, of, { headers: { cookie: owner.cookie, 'sec-fetch-site': 'cross-site' } })
    assert.equal(foreign.body.code, 'request.foreign-origin', nameOf(r))
  }
  for (const r of routes.filter(one => one.plane === 'device')) {
    const answer = await h.http('PUT', r.path, {
      as: owner.key,
      body: new Uint8Array([1]),
      headers: { cookie: owner.cookie },
    })
    assert.ok(answer.status >= 400, nameOf(r))
  }
})

test('a role without the permission is refused before anything is looked up', async t => {
  const { h, byRole, inside } = await scene(t)
  for (const r of routes) {
    const of = classOf(r)
    if (!of || r.permission === null) continue
    const ids: Record<string, string> =
      of.for === 'thing' || of.for === 'private' ? await (subjects[of.of] as Subject).make(inside.own) : {}
    for (const [role, admin] of byRole) {
      if (holds(r, role)) continue
      const answer = await ask(h, r, ids, of, { as: admin.key }, inside.own.unit)
      const { status, body } = answer
      assert.deepEqual(
        [status, body.code, body.permission],
        [403, 'permission.missing', r.permission],
        `${role} ${nameOf(r)}`,
      )
    }
  }
})

test('a thing outside of scope is exactly like one that never was, and one inside is not', async t => {
  const { h, byRole, inside, outside, owner } = await scene(t)
  // What is refused stays as it was, and so does what is only read: one of each noun and place serves all such requests.
  const kept = new Map<string, Promise<Record<string, string>>>()
  const lasting = (of: keyof typeof subjects, where: string, at: Place): Promise<Record<string, string>> => {
    const name = `${of} ${where}`
    const made = kept.get(name) ?? (subjects[of] as Subject).make(at)
    kept.set(name, made)
    return made
  }
  for (const [r, of] of every('thing')) {
    const subject: Subject = subjects[of.of]
    const beyond = Object.entries(subject.whole ? { ...outside, ...inside } : outside)
    const made = await Promise.all(
      beyond.map(async ([where, at]) => [where, at, await lasting(of.of, where, at)] as const),
    )
    const within = (where: string, at: Place): Promise<Record<string, string>> =>
      methodOf(r) === 'GET' ? lasting(of.of, where, at) : subject.make(at)
    for (const [role, admin] of byRole) {
      if (!holds(r, role)) continue
      const none = await ask(h, r, random(made[0]?.[2] ?? {}), of, { as: admin.key }, inside.own.unit)
      for (const [where, , ids] of made) {
        const answer = await ask(h, r, ids, of, { as: admin.key }, inside.own.unit)
        // What belongs to the org may be refused by name, as long as it is so for everything.
        if (subject.whole) assert.ok(refused(answer), `${role} ${nameOf(r)} in ${where}`)
        else
          assert.deepEqual([answer.status, answer.body.code], [404, 'id.unknown'], `${role} ${nameOf(r)} in ${where}`)
        assert.deepEqual(bare(answer), bare(none), `${role} ${nameOf(r)} in ${where}`)
      }
      for (const [where, at] of subject.whole || of.empty ? [] : Object.entries(inside)) {
        const answer = await ask(h, r, await within(where, at), of, { as: admin.key }, at.unit)
        const hidden = answer.body?.code === 'id.unknown'
        assert.equal(hidden, false, `${role} ${nameOf(r)} in ${where}`)
        if (role === 'owner') assert.equal(refused(answer), false, `${role} ${nameOf(r)} in ${where}`)
        assert.ok(answer.status < 500, `${role} ${nameOf(r)} in ${where}: ${JSON.stringify(answer.body)}`)
      }
    }
    if (of.empty) continue
    const seen = await ask(h, r, await subject.make(inside.own), of, { as: owner.key }, inside.own.unit)
    assert.equal(refused(seen), false, `owner of the org ${nameOf(r)}`)
  }
})

test('power over one unit is none over another that may only be read, and readers of everything change nothing', async t => {
  const { h, mixed, outside, inside } = await scene(t)
  const auditor = await h.given.admin({ role: 'auditor' })
  const reader = await h.given.admin({ role: 'read-only' })
  const headers = { cookie: mixed.cookie, 'sec-fetch-site': 'same-origin' }
  for (const [r, of] of every('thing')) {
    if (methodOf(r) === 'GET') continue
    for (const who of [{ headers }, { as: auditor.key }, { as: reader.key }]) {
      const at = 'headers' in who ? outside.sibling : inside.own
      const ids = await (subjects[of.of] as Subject).make(at)
      const answer = await ask(h, r, ids, of, who, at.unit)
      const name = 'headers' in who ? 'owner elsewhere' : who.as === auditor.key ? 'auditor' : 'read-only'
      assert.ok(refused(answer), `${name} ${nameOf(r)} answered ${answer.status} ${answer.body?.code}`)
    }
  }
})

test('what is of one person is nothing to anyone else, whatever their role', async t => {
  const { h, byRole, owner, inside } = await scene(t)
  for (const [r, of] of every('private')) {
    const ids = await (subjects[of.of] as Subject).make(inside.own)
    for (const [role, admin] of [...byRole, ['owner of the org', owner] as const]) {
      if (role !== 'owner of the org' && !holds(r, role)) continue
      const answer = await ask(h, r, ids, of, { as: admin.key })
      assert.deepEqual([answer.status, answer.body.code], [404, 'id.unknown'], `${role} ${nameOf(r)}`)
      assert.deepEqual(bare(answer), bare(await ask(h, r, random(ids), of, { as: admin.key })), `${role} ${nameOf(r)}`)
    }
  }
})

test('lists hold what is in scope and nothing else', async t => {
  const { h, byRole, inside, outside, owner } = await scene(t)
  for (const [r, of] of every('list')) {
    const subject: Subject = subjects[of.of]
    const place = { ...inside, ...outside }
    const made = await Promise.all(
      Object.entries(place).map(
        async ([where, at]) => [where, (await subject.make(at))[of.find ?? 'id'] ?? ''] as const,
      ),
    )
    for (const [role, admin] of byRole) {
      if (!holds(r, role)) continue
      const answer = await h.http('GET', `${r.path}${of.query ?? ''}`, { as: admin.key })
      const text = JSON.stringify(answer.body)
      if (!subject.whole) assert.equal(answer.status, 200, `${role} ${nameOf(r)}`)
      for (const [where, id] of made)
        assert.equal(text.includes(id), where in inside && !subject.whole, `${role} ${nameOf(r)} ${where}`)
    }
    const whole = JSON.stringify((await h.http('GET', `${r.path}${of.query ?? ''}`, { as: owner.key })).body)
    const mine = of.of !== 'view'
    for (const [where, id] of made)
      assert.equal(whole.includes(id), where !== 'other org' && mine, `owner of the org ${nameOf(r)} ${where}`)
  }
})

test('nothing is made on a unit out of scope, and a unit that may not be seen is like one that never was', async t => {
  const { h, byRole, inside, outside, mixed } = await scene(t)
  let n = 0
  const post = (r: Route, of: Extract<Class, { for: 'into' }>, unit: string, who: Who) => {
    n += 1
    const body = of.body(unit, `mark-${n}`)
    const type = body instanceof Uint8Array ? { 'content-type': 'text/csv' } : {}
    const headers = { ...type, ...('headers' in who ? who.headers : {}) }
    return h.http(methodOf(r), `${r.path}${of.query?.(unit) ?? ''}`, { ...who, body, headers })
  }
  for (const [r, of] of every('into')) {
    for (const [role, admin] of byRole) {
      if (!holds(r, role)) continue
      const none = await post(r, of, `unt_${'0123456789abcdef'.repeat(2)}`, { as: admin.key })
      assert.equal(none.body.code, 'id.unknown', `${role} ${nameOf(r)}`)
      for (const [where, at] of Object.entries(outside))
        assert.deepEqual(
          bare(await post(r, of, at.unit, { as: admin.key })),
          bare(none),
          `${role} ${nameOf(r)} ${where}`,
        )
      // 200 is of those that only say what they would make.
      for (const [where, at] of Object.entries(inside)) {
        const { status } = await post(r, of, at.unit, { as: admin.key })
        assert.equal(status, r.path.endsWith('/read') ? 200 : 201, `${role} ${nameOf(r)} ${where}`)
      }
    }
    const headers = { cookie: mixed.cookie, 'sec-fetch-site': 'same-origin' }
    const answer = await post(r, of, outside.sibling.unit, { headers })
    assert.equal(answer.body.code, 'permission.missing', nameOf(r))
  }
})

test('the org itself is changed only by those who hold the permission on the whole of it', async t => {
  const { h, byRole, owner } = await scene(t)
  for (const [r, of] of every('whole')) {
    for (const [role, admin] of byRole) {
      if (!holds(r, role)) continue
      const answer = await ask(h, r, {}, of, { as: admin.key })
      assert.equal(refused(answer), true, `${role} of a unit: ${nameOf(r)} answered ${answer.status}`)
    }
    const answer = await ask(h, r, {}, of, { as: owner.key })
    assert.equal(refused(answer), false, `owner of the org: ${nameOf(r)}`)
  }
})

test('what is the same for everyone is so for every holder of the permission', async t => {
  const { h, byRole, inside } = await scene(t)
  for (const [r, of] of every('same')) {
    if (r.reply === 'stream') continue
    for (const [role, admin] of byRole)
      if (holds(r, role)) assert.ok((await ask(h, r, {}, of, { as: admin.key })).status < 300, `${role} ${nameOf(r)}`)
  }
  assert.ok(inside)
})
