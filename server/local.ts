import { parseArgs } from 'node:util'
import * as identity from './areas/identity/index.ts'
import { everything } from './base/authority.ts'
import { processEnvironment, readConfig } from './base/config.ts'
import { silentLog } from './base/log.ts'
import { Problem } from './base/problem.ts'
import { problems } from './base/problems.ts'
import { guardHere, guardUsage } from './local-guard.ts'
import type { Base } from './base/transact.ts'
import { openBase } from './main.ts'

/** The commands that work beside the server, on its own machine, with the right of whoever may read its key file: `setup`, `api-key` and `guard`. */
const [command, ...rest] = process.argv.slice(2)

class Usage extends Error {}

async function setup(base: Base, args: string[]): Promise<string> {
  const { values } = parseArgs({
    args,
    options: {
      email: { type: 'string' },
      name: { type: 'string' },
      org: { type: 'string' },
      language: { type: 'string', default: 'en' },
      'password-stdin': { type: 'boolean', default: false },
      link: { type: 'boolean', default: false },
      'forget-proofs': { type: 'boolean', default: false },
    },
  })
  if (values.link && values.email)
    return identity.signInLink(base, values.email, { forgetProofs: values['forget-proofs'] })
  if (!values.email || !values['password-stdin'])
    throw new Usage(
      'setup --email you@example.org --password-stdin [--name …] [--org …] [--language en|fr|sv|ja]\nsetup --email you@example.org --link   prints a link that signs in once; with --forget-proofs passkeys and codes that were lost are forgotten',
    )
  const locale = identity.locales.find(l => l === values.language)
  if (locale === undefined) throw new Usage(`--language is one of ${identity.locales.join(', ')}`)
  const password = (await readAll(process.stdin)).replace(/\r?\n$/, '')
  const owner = {
    email: values.email,
    name: values.name ?? values.email,
    orgName: values.org ?? 'My organization',
    password,
    locale,
  }
  await identity.setUp(base, owner, {
    token: null,
    from: { address: 'this machine', agent: 'muster setup' },
    request: 'local',
  })
  return `${owner.orgName} is set up; ${owner.email} is its owner.`
}

async function apiKey(base: Base, [verb, ...args]: string[]): Promise<string> {
  const [org] = await identity.orgs(base)
  if (org === undefined) throw new Usage('Set Muster up first: ./muster start, or ./muster setup')
  const scope = { org, actor: { kind: 'system', id: null, what: 'api-key' }, authority: everything } as const
  const options = {
    name: { type: 'string' },
    role: { type: 'string' },
    unit: { type: 'string' },
    days: { type: 'string' },
  } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  switch (verb) {
    case 'create': {
      const role = identity.roleIds.find(r => r === values.role)
      if (!values.name || role === undefined)
        throw new Usage(`api-key create --name … --role ${identity.roleIds.join('|')} [--unit unt_…] [--days 365]`)
      const expiresAt = values.days === undefined ? null : base.clock.now() + Number(values.days) * 86_400_000
      const { id, key } = await identity.createKey(base, org, {
        name: values.name,
        role,
        expiresAt,
        ...(values.unit ? { unit: values.unit } : {}),
      })
      process.stderr.write(`Made ${id}. This is the only time the key is shown:\n`)
      return key
    }
    case 'list':
      return (await base.read(scope, identity.visibleKeys)).map(k => `${k.id}  ${k.role}  ${k.name}`).join('\n')
    case 'revoke': {
      const [id = ''] = positionals
      if (id === '') throw new Usage('api-key revoke key_…')
      await base.transact(scope, ctx => identity.revokeKey(ctx, id))
      return `Revoked ${id}.`
    }
    default:
      throw new Usage('api-key create --name … --role … | list | revoke key_…')
  }
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
}

async function carryOut(base: Base): Promise<string> {
  if (command === 'setup') return setup(base, rest)
  if (command !== 'guard') return apiKey(base, rest)
  const said = await guardHere(base, rest)
  if (said === null) throw new Usage(guardUsage)
  return said
}

const base = await openBase(readConfig(processEnvironment()), { log: silentLog })
try {
  process.stdout.write(`${await carryOut(base)}\n`)
} catch (error) {
  const words =
    error instanceof Problem
      ? `${error.message} ${problems[error.code].next}${error.fields.map(f => `\n${f.path}: ${f.message}`).join('')}`
      : error instanceof Error
        ? error.message
        : String(error)
  process.stderr.write(`${words}\n`)
  process.exitCode = error instanceof Usage ? 2 : 1
} finally {
  await base.engine.close()
}
