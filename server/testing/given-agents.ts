import { newAgent, type VirtualAgent } from '@muster/simulator/agent/agent.ts'
import { newPhone, type Phone } from '@muster/simulator/agent/phone.ts'
import type { AgentMode } from '@muster/wire/agent/messages.ts'
import type { Offer } from '../areas/enrollment/index.ts'
import * as enrollment from '../areas/enrollment/index.ts'
import type { House } from './house.ts'

/** Arranges devices of our own agent that enroll through the product's own doors. */
export interface GivenAgents {
  /** The secret of an invitation for agents. */
  agentInvitation(of?: Partial<Offer>): Promise<string>
  /** An agent that speaks to this house and has not enrolled. */
  agent(of?: { phone?: Partial<Phone>; mode?: AgentMode }): VirtualAgent
  /** An agent that is enrolled and has called. */
  enrolledAgent(of?: { phone?: Partial<Phone>; mode?: AgentMode; invitation?: Partial<Offer> }): Promise<VirtualAgent>
}

/** Makes them for a house. */
export function givenAgents(house: House): GivenAgents {
  const agentInvitation: GivenAgents['agentInvitation'] = async (of = {}) => {
    const { secret } = await house.run(ctx =>
      enrollment.invite(ctx, {
        platform: 'agent',
        name: null,
        unit: house.root.id,
        user: null,
        ownership: 'company',
        accessRights: 0,
        uses: null,
        expiresInHours: 24,
        ...of,
      }),
    )
    return secret
  }
  const agent: GivenAgents['agent'] = ({ phone, mode } = {}) =>
    newAgent(
      newPhone(phone),
      async ({ method, path, body, headers }) => {
        const answer = await house.http(method, path, {
          ...(method === 'GET' ? {} : { body: Buffer.from(body) }),
          headers,
        })
        return { status: answer.status, body: answer.body }
      },
      mode,
      () => house.now(),
    )
  return {
    agentInvitation,
    agent,
    enrolledAgent: async of => {
      const one = agent(of)
      const personal = of?.mode === 'work-profile'
      const secret = await agentInvitation({ ownership: personal ? 'personal' : 'company', ...of?.invitation })
      const answer = await one.enroll(secret)
      if (answer.action !== 'none') throw new Error(`the agent was refused: ${answer.code}`)
      await one.contact()
      return one
    },
  }
}
