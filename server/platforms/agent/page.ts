import { type AgentMode, agentModes } from '@muster/wire/agent/messages.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import { type Asked, escaped } from '../../areas/enrollment/index.ts'
import * as identity from '../../areas/identity/index.ts'
import { Problem } from '../../base/problem.ts'
import type { Call, Reply } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { admitted, anyone } from './enroll.ts'
import { type AgentPackage, agentPackage, packagePath } from './package.ts'
import { type PageTexts, pageTexts } from './page-texts.ts'
import { agentLink, setUpCode, termsOf } from './provisioning.ts'

/** What enrolling by our agent asks of an invitation: there are no rights to count. */
export const enrolling: enrollment.Enrolling = {
  platform: 'agent',
  allRights: 0,
  validRights: rights => rights === 0,
  page: servePage,
}

interface Shown {
  readonly org: string
  readonly expiresAt: number
  readonly mode: AgentMode
  /** Of the page itself, for a code that opens it elsewhere. */
  readonly url: string
  readonly link: string
  /** What sets a new device up; null where this server has no agent to load. */
  readonly code: string | null
  readonly package: AgentPackage | null
  readonly ownAuthority: boolean
}

/** The page of an invitation for agents: a work profile begins on the phone itself, a whole device by a code that it reads on its first screen. */
async function servePage(base: Base, { params, query }: enrollment.Visit, call: Call): Promise<Reply<string>> {
  const how = agentModes.find(m => m === query.how)
  const asked: Asked = {
    locale: enrollment.localeOf(query.lang, call.headers['accept-language']),
    path: `/enroll/${encodeURIComponent(params.token)}${how ? `?how=${how}` : ''}`,
    agent: call.agent,
  }
  try {
    const { org, expiresAt, ownership } = await base.transact(anyone(call), async anyCtx => {
      const { ctx, invitation } = await admitted(anyCtx, params.token)
      await enrollment.opened(ctx, invitation)
      return { ...invitation, org: (await identity.ownOrg(ctx)).name }
    })
    const mode = fitting(how, ownership)
    const terms = await termsOf(base, params.token, mode, org)
    const held = await packageOrNull(base)
    const code = held && mode !== 'work-profile' ? setUpCode(base, terms, held, {}).qrSvg : null
    const ownAuthority = certificates.ownAuthority(base.config)
    const link = agentLink(base, terms)
    const url = `${base.config.url}${asked.path}`
    return shownPage({ org, expiresAt, mode, url, link, code, package: held, ownAuthority }, asked)
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return enrollment.refusalPage(error.code, asked)
    throw error
  }
}

/** What the link asks for, where the invitation allows it. */
function fitting(how: AgentMode | undefined, ownership: enrollment.Ownership): AgentMode {
  if (ownership === 'personal') return 'work-profile'
  if (ownership === 'company' && how === 'work-profile') return 'fully-managed'
  return how ?? (ownership === 'company' ? 'fully-managed' : 'work-profile')
}

async function packageOrNull(base: Base): Promise<AgentPackage | null> {
  try {
    return await agentPackage(base.config)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

function shownPage(shown: Shown, asked: Asked): Reply<string> {
  const t = pageTexts[asked.locale]
  const onAndroid = /Android/.test(asked.agent)
  const [title, body] =
    shown.mode === 'work-profile' ? personalPage(shown, t, onAndroid) : wholePage(shown, t, onAndroid)
  return enrollment.framed(200, asked, {
    title: title.replaceAll('{org}', shown.org),
    body: body + enrollment.untilLine(shown.expiresAt, asked.locale),
  })
}

const list = (steps: readonly string[]): string => `<ol>${steps.map(s => `<li>${escaped(s)}</li>`).join('')}</ol>`
const lead = (text: string, org: string): string => `<p class="lead">${escaped(text.replaceAll('{org}', org))}</p>`

function personalPage(shown: Shown, t: PageTexts, onAndroid: boolean): [title: string, body: string] {
  const p = t.personal
  const said = `${lead(p.lead, shown.org)}<p>${escaped(p.can)}</p><p>${escaped(p.cannot)}</p>`
  const load = shown.package
    ? `<p><a class="button" href="${packagePath}" download>${escaped(p.download)}</a></p>`
    : `<p role="note">${escaped(t.noPackage)}</p>`
  const here = `<section><h2>${escaped(p.headHere)}</h2>${list(p.stepsHere)}${load}<p><a class="button" href="${escaped(shown.link)}">${escaped(p.open)}</a></p></section>`
  const elsewhere = `<section class="code"><h2>${escaped(t.scanHead)}</h2><p>${escaped(t.scan)}</p><div class="qr" role="img" aria-label="${escaped(t.scanHead)}">${enrollment.qrSvg(shown.url)}</div></section>`
  return [p.title, said + (onAndroid ? here : elsewhere)]
}

function wholePage(shown: Shown, t: PageTexts, onAndroid: boolean): [title: string, body: string] {
  const w = t.whole
  const said = `${lead(w.lead, shown.org)}<p>${escaped(w.can)}</p>`
  const trust = shown.ownAuthority ? `<p class="quiet">${escaped(t.trust)}</p>` : ''
  const code = shown.code
    ? `<section class="code"><h2>${escaped(w.headCode)}</h2>${list(w.stepsCode)}<div class="qr" role="img" aria-label="${escaped(t.code)}">${shown.code}</div>${trust}</section>`
    : `<section><p>${escaped(t.noPackage)}</p></section>`
  const has = `<details><summary>${escaped(w.has)}</summary><p><a class="button" href="${escaped(shown.link)}">${escaped(w.hasLink)}</a></p></details>`
  return [w.title, said + (onAndroid ? `<section><p>${escaped(w.fresh)}</p></section>${has}` : code)]
}
