import { newAgent, type VirtualAgent } from './agent.ts'
import type { Wire } from './http.ts'
import { type Line, listen } from './line.ts'
import type { Phone } from './phone.ts'
import type { AgentMode } from '@muster/wire/agent/messages.ts'

/** A virtual Android that lives: it calls by itself and when it is woken, and does what it is told. */
export interface Life {
  readonly agent: VirtualAgent
  /** It is switched off, or back on. */
  switch(on: boolean): Promise<void>
  /** Tells at once what has changed on it. */
  tell(): Promise<void>
}

/** How it comes to live. */
export interface Birth {
  readonly wire: Wire
  /** The link of an invitation. */
  readonly invitation: string
  readonly mode?: AgentMode
  /** How often it calls by itself. */
  readonly pollMs?: number
}

const holdMs = 60_000

/** Enrolls a phone by the link of an invitation and lets it live; throws what the server said against it. */
export async function bringToLife(phone: Phone, { wire, invitation, mode, pollMs = 60_000 }: Birth): Promise<Life> {
  const agent = newAgent(phone, wire.send, mode)
  agent.state.reach = { mqtt: true, wait: true }
  const answer = await agent.enroll(new URL(invitation).pathname.split('/').at(-1) ?? '')
  if (answer.action !== 'none') throw new Error(`the server answered ${answer.code ?? answer.action}`)
  let line: Line | null = null
  const off = async (): Promise<void> => {
    await line?.close()
    line = null
  }
  const on = async (): Promise<void> => {
    const { channels } = await agent.contact()
    const wait = (): Promise<string | null> => (agent.state.left ? Promise.resolve(null) : agent.wait(holdMs))
    line = listen(agent, channels, { wait, pollMs })
  }
  await on()
  return {
    agent,
    switch: async to => {
      await off()
      if (to) await on()
    },
    tell: async () => void (await agent.contact()),
  }
}
