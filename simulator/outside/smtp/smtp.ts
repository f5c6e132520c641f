import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { mintServer } from '../apns/certificates.ts'

/** What the mail server does wrong with a mail, on request. */
export type MailFault =
  /** Waits before it answers. */
  | { kind: 'delay'; ms: number }
  /** Refuses at this step with this code: 4xx for now, 5xx for good. */
  | { kind: 'refuse'; at: 'connect' | 'sender' | 'recipient' | 'words'; code: number; says?: string }
  /** Cuts the connection: when it is made, while the words come, or after it has taken them and before it says so. */
  | { kind: 'cut'; at: 'connect' | 'words' | 'taken' }

/** A mail as someone's box has it. */
export interface Received {
  to: string
  from: string
  /** Whether it came through TLS, and as whom. */
  secure: boolean
  user: string | null
  raw: string
  mail: ParsedMail
}

/** How to start the mail server. */
export interface SmtpOptions {
  port?: number
  /** TLS: from the first byte, by STARTTLS, or none. */
  tls?: 'implicit' | 'starttls' | 'none'
  /** Demands this name and password. */
  login?: { user: string; password: string }
}

/** A running mail server. */
export interface Smtp {
  port: number
  /** As MUSTER_SMTP_URL has it, with the login. */
  url: string
  /** PEM of the authority of its certificate. */
  ca: string
  /** What it has taken, oldest first; a mail taken twice is there twice. */
  received: Received[]
  /** Mails for one address. */
  boxOf(address: string): Received[]
  /** Lets the next mails meet a fault, those to one address only where one is named; once, or so often. */
  plan(fault: MailFault, when?: { to?: string; times?: number }): void
  clear(): void
  /** While down, connections are cut as they are made. */
  down(down: boolean): void
  /** Connections made so far, also those cut at once. */
  connections(): number
  close(): Promise<void>
}

interface Line {
  fault: MailFault
  to: string | undefined
  times: number
}

/** Starts a mail server that keeps what it takes in memory: a real one on the wire, with faults on request. */
export async function startSmtp(options: SmtpOptions = {}): Promise<Smtp> {
  const minted = mintServer('127.0.0.1')
  const tls = options.tls ?? 'none'
  const received: Received[] = []
  const lines: Line[] = []
  const sockets = new Set<Socket>()
  const state = { down: false, connections: 0 }
  const take = (fits: (fault: MailFault) => boolean, to?: string): MailFault | undefined => {
    const line = lines.find(l => l.times > 0 && fits(l.fault) && (l.to === undefined || l.to === to))
    if (line) line.times -= 1
    return line?.fault
  }
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  const cut = (id: string): void => {
    for (const connection of server.connections) if (connection.id === id) connection._socket.destroy()
  }
  const meet = async (step: 'connect' | 'sender' | 'recipient' | 'words', to?: string): Promise<Error | null> => {
    const late = step === 'recipient' ? take(f => f.kind === 'delay', to) : undefined
    if (late?.kind === 'delay') await sleep(late.ms)
    const refusal = take(f => f.kind === 'refuse' && f.at === step, to)
    if (refusal?.kind !== 'refuse') return null
    return Object.assign(new Error(refusal.says ?? 'refused on request'), { responseCode: refusal.code })
  }
  const server = new SMTPServer({
    secure: tls === 'implicit',
    key: minted.key,
    cert: minted.certificate,
    logger: false,
    authOptional: options.login === undefined,
    disabledCommands: [...(tls === 'starttls' ? [] : ['STARTTLS']), ...(options.login ? [] : ['AUTH'])],
    allowInsecureAuth: tls === 'none',
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth: ({ username, password }, _session, done) => {
      const right = username === options.login?.user && password === options.login?.password
      done(
        right ? null : Object.assign(new Error('who are you'), { responseCode: 535 }),
        right ? { user: username ?? '' } : {},
      )
    },
    onConnect: (_session, done) => void meet('connect').then(done),
    onMailFrom: (_address, _session, done) => void meet('sender').then(done),
    onRcptTo: ({ address }, _session, done) => void meet('recipient', address).then(done),
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo.map(r => r.address)
      const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
      const first = to[0]
      if (take(f => f.kind === 'cut' && f.at === 'words', first)) {
        stream.resume()
        cut(session.id)
        return
      }
      void bytesOf(stream).then(async raw => {
        const refusal = await meet('words', first)
        if (refusal) return done(refusal)
        const mail = await simpleParser(raw)
        const user = session.user === undefined ? null : String(session.user)
        for (const one of to)
          received.push({ to: one, from, secure: session.secure === true, user, raw: raw.toString('utf8'), mail })
        if (take(f => f.kind === 'cut' && f.at === 'taken', first)) cut(session.id)
        else done(null, 'taken')
      })
    },
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    state.connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    if (state.down || take(f => f.kind === 'cut' && f.at === 'connect')) socket.destroy()
  })
  await new Promise<void>(resolve => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  const login = options.login
    ? `${encodeURIComponent(options.login.user)}:${encodeURIComponent(options.login.password)}@`
    : ''
  return {
    port,
    url: `${tls === 'implicit' ? 'smtps' : 'smtp'}://${login}127.0.0.1:${port}`,
    ca: minted.authority,
    received,
    boxOf: address => received.filter(r => r.to === address),
    plan: (fault, { to, times = 1 } = {}) => void lines.push({ fault, to, times }),
    clear: () => void lines.splice(0),
    down: down => {
      state.down = down
      if (down) cutAll()
    },
    connections: () => state.connections,
    close: () =>
      new Promise(resolve => {
        cutAll()
        server.close(() => resolve())
      }),
  }
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}
