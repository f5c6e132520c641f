/** One message of a server-sent stream. */
export interface StreamMessage {
  id: string | null
  event: string
  data: string
}

/** Reads server-sent events out of pieces of text, however they are cut; returns the messages that are complete. */
export function streamReader(): (piece: string) => StreamMessage[] {
  let rest = ''
  let id: string | null = null
  let event = ''
  let data: string[] = []
  const line = (text: string, out: StreamMessage[]) => {
    if (text === '') {
      if (data.length > 0) out.push({ id, event: event || 'message', data: data.join('\n') })
      event = ''
      data = []
      return
    }
    if (text.startsWith(':')) return
    const colon = text.indexOf(':')
    const field = colon < 0 ? text : text.slice(0, colon)
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
    else if (field === 'id') id = value
  }
  return piece => {
    const out: StreamMessage[] = []
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const text of lines) line(text, out)
    return out
  }
}
