import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api.ts'

/** How our agent holds a device. */
export const androidModes = ['fully-managed', 'dedicated', 'company-profile', 'work-profile'] as const
export type AndroidMode = (typeof androidModes)[number]

/** Whose the devices are that are held so. */
export const ownerOf = (mode: AndroidMode): 'company' | 'personal' => (mode === 'work-profile' ? 'personal' : 'company')

/** The steps of a device that enrolls by our agent, in order; each is one of the steps that arrivals have. */
export const androidSteps = ['opened', 'downloaded', 'certificate', 'ready'] as const

/** The agent that this server gives away. */
export interface AgentPackage {
  state: 'ready' | 'missing' | 'unreadable'
  url: string
  component: string
  size: number | null
  changedAt: number | null
  sha256: string | null
  signer: string | null
  publicAuthority: boolean
}

/** By what ways devices use an invitation. */
export interface AndroidWays {
  code: { qrSvg: string; bytes: number; easy: boolean } | null
  page: { url: string; qrSvg: string }
  link: string
  cable: string[]
}

/** The network a new device joins before it knows anything else. */
export interface SetUpWifi {
  ssid: string
  password: string
  hidden: boolean
}

/** Asks for the agent's file as it is now. */
export const packageQuery = queryOptions({
  queryKey: ['agent-package'],
  queryFn: ({ signal }) => get<AgentPackage>('/agent/package', {}, signal),
})
