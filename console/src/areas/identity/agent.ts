const browsers: readonly [RegExp, string][] = [
  [/\bEdg\/(\d+)/, 'Edge'],
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\bChrome\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+).*Safari/, 'Safari'],
  [/\bSafari\//, 'Safari'],
  [/^curl\/(\d+)/, 'curl'],
]
const systems: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]

/** A browser and its system by the names people know; the text itself when neither is known. */
export function agentWord(agent: string | null): string {
  const text = agent ?? ''
  const browser = browsers.map(([at, name]) => [at.exec(text), name] as const).find(([match]) => match)
  const system = systems.find(([at]) => at.test(text))?.[1]
  const name = browser ? [browser[1], browser[0]?.[1]].filter(Boolean).join(' ') : null
  return [name, system].filter(Boolean).join(', ') || text.slice(0, 60) || '–'
}
