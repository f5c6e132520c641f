import { dice } from './fleet.ts'

/** A device that queries may look for. */
export interface Known {
  serial: string
  imei: string
  udid: string
}

/** Kinds of questions people ask of a device list, each a source of varied queries; the same ones in every run. */
export function questions(
  known: readonly Known[],
  policies: readonly string[],
): Record<string, () => Record<string, string>> {
  const roll = dice(11)
  const one = (): Known => known[roll(known.length)] ?? { serial: '', imei: '', udid: '' }
  const pick = (list: readonly string[]): string => list[roll(list.length)] ?? ''
  const platform = (): string => pick(['ios', 'ipados', 'macos', 'tvos', 'android', 'windows'])
  const part = (text: string, length: number): string => {
    const start = roll(Math.max(1, text.length - length))
    return text.slice(start, start + length)
  }
  return {
    'no filter': () => ({}),
    'word: part of a serial': () => ({ filter: part(one().serial, 5) }),
    'word: part of an IMEI': () => ({ filter: part(one().imei || '3539111', 6) }),
    'word: part of a UDID': () => ({ filter: part(one().udid, 8) }),
    'word: a name': () => ({ filter: pick(['佐藤', 'はな', 'angstrom', 'zoe', 'elin lindgren', 'francoise']) }),
    'word: a common one': () => ({ filter: pick(['iphone', 'pro', 'c39', '0000']) }),
    'word: nothing has it': () => ({ filter: `q${roll(1e6)}zz` }),
    'word and platform': () => ({ filter: `platform:${platform()} ${pick(['elin', 'iphone', 'spare', 'c3'])}` }),
    'platform and os': () => ({ filter: `platform:${platform()} os<${pick(['15', '18.2', '26', '26.1'])}` }),
    'os, sorted by os': () => ({ filter: `os>=${pick(['15', '18.2', '26'])}`, sort: pick(['os', '-os']) }),
    'rare combination': () => ({ filter: 'platform:tvos ownership:personal state:lost os<18' }),
    'nothing matches': () => ({ filter: 'platform:tvos os:3', sort: pick(['name', 'serial', 'enrolledAt']) }),
    'unit, by name': () => ({ filter: `unit:"Site ${roll(8)}"`, sort: 'name' }),
    'state and contact': () => ({ filter: `state:${pick(['silent', 'lost', 'active'])} seen>${pick(['7d', '14d'])}` }),
    tag: () => ({ filter: `tag:spare platform:${platform()}` }),
    'policy: all in place': () => ({ filter: `policy:ok platform:${platform()}` }),
    'policy: failed': () => ({ filter: 'policy:failed', sort: pick(['name', '-lastSeenAt']) }),
    'policy: on its way': () => ({ filter: `policy:pending -state:${pick(['silent', 'lost'])}` }),
    'policy: not possible': () => ({ filter: 'policy:unsupported' }),
    'policy: drifted': () => ({ filter: 'policy:drifted' }),
    'policy: none': () => ({ filter: 'policy:none' }),
    'policy: by id': () => ({ filter: `policy:${pick(policies)}` }),
    'policy: by name, failed': () => ({ filter: `policy:"policy ${roll(24)}" policy:failed` }),
    user: () => ({ filter: `user:${pick(['佐藤', 'lindgren', 'none'])}` }),
    'serial field': () => ({ filter: `serial:${part(one().serial, 5).toLowerCase()}` }),
    model: () => ({ filter: `model:${pick(['thinkpad', 'iPad', 'Mac15'])} -tag:spare` }),
    'negated word': () => ({ filter: `-iphone platform:${platform()}` }),
  }
}
