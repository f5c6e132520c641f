import type { AgentMode } from '@muster/wire/agent/messages.ts'
import {
  type ProvisioningWifi,
  provisioningExtras,
  provisioningSize,
  provisioningText,
} from '@muster/wire/android/provisioning.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import * as certificates from '../../areas/certificates/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import type { Base } from '../../base/transact.ts'
import { type AgentPackage, agentComponent, packageUrl } from './package.ts'

/** What an agent has to know before it knows anything: in codes and links under short names, because a code with much in it cannot be read. */
export interface Terms {
  readonly token: string
  readonly mode: AgentMode
  readonly org: string
  /** Where only our own authority vouches for the server: its key. */
  readonly pin: string | null
}

/** What a code may say beside it, for a device that has just come out of its box. */
export interface Wishes {
  readonly wifi?: ProvisioningWifi | undefined
  readonly locale?: string | undefined
  readonly timeZone?: string | undefined
  readonly keepSystemApps?: boolean | undefined
  readonly useMobileData?: boolean | undefined
}

type Url = Pick<Base, 'config'>

/** The terms by which the holder of this secret enrolls. */
export async function termsOf(base: Base, token: string, mode: AgentMode, org: string): Promise<Terms> {
  const own = certificates.ownAuthority(base.config)
  return { token, mode, org, pin: own ? await certificates.trustPin(base) : null }
}

function named({ config }: Url, { token, mode, org, pin }: Terms): Record<string, string> {
  return { u: config.url, t: token, m: mode, o: org, ...(pin === null ? {} : { p: pin }) }
}

/** The link that the agent opens on a device that has it. */
export function agentLink(base: Url, terms: Terms): string {
  return `muster://enroll?${new URLSearchParams(named(base, terms)).toString()}`
}

/** The code that a factory-new device reads: which agent to load, how to know it, and the terms. Refuses what no device would take. */
export function setUpCode(
  base: Url,
  terms: Terms,
  { signer }: AgentPackage,
  wishes: Wishes,
): { qrSvg: string; bytes: number; easy: boolean } {
  const text = codeText(base, terms, signer, wishes)
  const { bytes, version, easy } = provisioningSize(text)
  if (version === null) throw new Problem('agent.code-refused', { reason: 'provisioning.size' })
  return { qrSvg: enrollment.qrSvg(text), bytes, easy }
}

/** The text in it. */
export function codeText(base: Url, terms: Terms, signer: string, wishes: Wishes): string {
  try {
    return provisioningText(
      provisioningExtras({
        component: agentComponent,
        app: { url: packageUrl(base.config), check: { of: 'signer', sha256: signer } },
        skipEducation: true,
        ...defined(wishes),
        extras: named(base, terms),
      }),
    )
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new Problem('agent.code-refused', { reason: cause.code }, { cause })
  }
}

/** For tests, on a device in front of its person: what a cable does instead of the code. Each line is one command. */
export function cableLines(base: Url, terms: Terms): string[] {
  const link = agentLink(base, terms)
  const whole = terms.mode === 'fully-managed' || terms.mode === 'dedicated'
  return [
    `curl -o muster-agent.apk ${packageUrl(base.config)}`,
    'adb install muster-agent.apk',
    ...(whole ? [`adb shell dpm set-device-owner ${agentComponent}`] : []),
    `adb shell am start -a android.intent.action.VIEW -d '"${link}"'`,
  ]
}

/** The invitation, to whoever may give it away; refuses unless the secret is of this one, because only its hash is kept. */
export async function heldBy(ctx: Ctx, id: string, secret: string): Promise<enrollment.Invitation> {
  const { invitation } = await enrollment.seeInvitation(ctx, id, 'invitations:write')
  const found = await enrollment.bySecret(ctx, secret)
  if (found?.invitation.id !== invitation.id || invitation.platform !== 'agent') throw new Problem('invitation.unknown')
  return invitation
}

function defined(wishes: Wishes): { [K in keyof Wishes]?: NonNullable<Wishes[K]> } {
  return Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined))
}
