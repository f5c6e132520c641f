import assert from 'node:assert/strict'
import { test } from 'node:test'
import { go, mailingHouse, smtpFor } from '../testing/mailing.ts'
import { type House, house } from '../testing/house.ts'
import { readConfig } from './config.ts'
import { isAddress, type Mail, sendMail } from './mail.ts'
import * as store from './mail-store.ts'

const minute = 60_000
const hour = 60 * minute
const base: Mail = {
  to: 'kaoru@havsten.example',
  subject: 'Bonjour Kaoru',
  text: 'Un.\n\nDeux : https://muster.test/a?b=1&c=2.',
}

const put = (h: House, mail: Partial<Mail> = {}): Promise<string | null> =>
  h.run(ctx => sendMail(ctx, { ...base, ...mail }))
const stateOf = async (h: House, id: string | null) => (await h.run(ctx => store.find(ctx, id ?? '')))?.state

test('S4-11: a mail arrives once, as text and as the same words in HTML, with an id of its own and signs of a machine', async t => {
  const { h, smtp } = await mailingHouse(t)
  const blob = await h.base.blobs.put(Buffer.from('a,b\r\n1,2\r\n'))
  const id = await put(h, {
    subject: '通知: 端末が規則に反しています',
    text: '山田さん、\n\n<b>5</b> & 6\nhttps://muster.test/a?b=1&c=2.',
    language: 'ja',
    attachments: [{ name: '../報告\r\nX-Evil: 1.csv', type: 'text/csv', blob }],
  })
  await h.settle()
  assert.equal(smtp.received.length, 1)
  const [{ mail, raw, from }] = smtp.received as [(typeof smtp.received)[0]]
  assert.equal(from, 'muster@havsten.example')
  assert.equal(mail.subject, '通知: 端末が規則に反しています')
  assert.equal(mail.text?.trim(), '山田さん、\n\n<b>5</b> & 6\nhttps://muster.test/a?b=1&c=2.')
  assert.match(String(mail.html), /&lt;b&gt;5&lt;\/b&gt; &amp; 6<br>/)
  assert.match(String(mail.html), /<a href="https:\/\/muster\.test\/a\?b=1&amp;c=2">https:[^<]*<\/a>\./)
  assert.match(String(mail.html), /<html lang="ja">/)
  assert.equal(mail.messageId, `<${id}@havsten.example>`)
  assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
  assert.equal(mail.headers.get('content-language'), 'ja')
  assert.equal(mail.headers.get('x-evil'), undefined)
  assert.equal(mail.date?.getTime(), h.now())
  assert.deepEqual(
    mail.attachments.map(a => [a.contentType, a.content.toString()]),
    [['text/csv', 'a,b\r\n1,2\r\n']],
  )
  assert.equal(mail.attachments[0]?.filename, '..-報告 X-Evil: 1.csv')
  assert.doesNotMatch(raw, /^X-Evil/m)
  await go(h, hour)
  assert.equal(smtp.received.length, 1)
  assert.equal(await stateOf(h, id), 'sent')
  assert.equal((await h.run(ctx => store.find(ctx, id ?? '')))?.body, null)
})

test('nothing in a subject, an address or a file name becomes a header or a second recipient', async t => {
  const { h, smtp } = await mailingHouse(t)
  const evil = [
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example, c@d.example',
    'A <a@b.example>',
    'a@b',
    'a b@c.example',
    '@c.example',
    `${'x'.repeat(65)}@b.example`,
  ]
  for (const to of evil.filter(e => e !== 'a@b')) assert.equal(await put(h, { to }), null, to)
  assert.equal(isAddress('jörg@bücher.example'), true)
  await put(h, { subject: 'Hello\r\nBcc: spy@evil.example\r\n\r\nbody\u2028x' })
  await h.settle()
  assert.equal(smtp.received.length, 1)
  assert.equal(smtp.received[0]?.mail.subject, 'Hello Bcc: spy@evil.example body x')
  assert.equal(smtp.received[0]?.mail.bcc, undefined)
  assert.deepEqual(
    smtp.received.map(r => r.to),
    ['kaoru@havsten.example'],
  )
})

test('while the mail server is down for an hour nothing is lost and it is not stormed; all arrive once it is back', async t => {
  const { h, smtp } = await mailingHouse(t)
  smtp.down(true)
  const ids: (string | null)[] = []
  for (let n = 0; n < 30; n += 1) ids.push(await put(h, { to: `p${n}@havsten.example` }))
  await h.settle()
  await go(h, hour)
  assert.equal(smtp.received.length, 0)
  assert.ok(smtp.connections() < 250, `${smtp.connections()} connections in an hour`)
  const line = await h.run(store.line)
  assert.ok(line.tries > 10 && line.failing_since !== null && line.trouble !== null)
  smtp.down(false)
  await go(h, 5 * minute)
  assert.deepEqual(smtp.received.map(r => r.to).sort(), ids.map((_, n) => `p${n}@havsten.example`).sort())
  assert.deepEqual(new Set(await Promise.all(ids.map(id => stateOf(h, id)))), new Set(['sent']))
  assert.equal((await h.run(store.line)).trouble, null)
})

test('a mail that was not put into the outbox does not arrive when the server is back (the test above can fail)', async t => {
  const { h, smtp } = await mailingHouse(t)
  smtp.down(true)
  await put(h)
  await assert.rejects(
    h.run(async ctx => {
      await sendMail(ctx, { ...base, to: 'undone@havsten.example' })
      throw new Error('the change was undone')
    }),
  )
  smtp.down(false)
  await go(h, 10 * minute)
  assert.deepEqual(
    smtp.received.map(r => r.to),
    ['kaoru@havsten.example'],
  )
})

test('a refusal for good ends the mail at once and is seen; one for now is tried again, others do not wait for it', async t => {
  const { h, smtp } = await mailingHouse(t)
  smtp.plan(
    { kind: 'refuse', at: 'recipient', code: 550, says: '5.1.1 no such box' },
    { to: 'gone@havsten.example', times: 99 },
  )
  smtp.plan(
    { kind: 'refuse', at: 'recipient', code: 451, says: '4.7.1 greylisted' },
    { to: 'grey@havsten.example', times: 2 },
  )
  smtp.plan({ kind: 'refuse', at: 'words', code: 554, says: '5.7.1 spam' }, { to: 'spam@havsten.example' })
  const [gone, grey, spam, fine] = await Promise.all(
    ['gone', 'grey', 'spam', 'fine'].map(n => put(h, { to: `${n}@havsten.example` })),
  )
  await h.settle()
  assert.deepEqual(await Promise.all([gone, grey, spam, fine].map(id => stateOf(h, id ?? null))), [
    'refused',
    'waiting',
    'refused',
    'sent',
  ])
  assert.match((await h.run(ctx => store.find(ctx, gone ?? '')))?.answer ?? '', /550.*no such box/)
  assert.equal((await h.events()).filter(e => e === 'mail.undelivered').length, 2)
  await go(h, 10 * minute)
  assert.equal(await stateOf(h, grey ?? null), 'sent')
  assert.deepEqual(
    smtp.received.map(r => r.to),
    ['fine@havsten.example', 'grey@havsten.example'],
  )
})

test('a mail nobody takes for three days ends as late, and one with an end of its own is not sent after it', async t => {
  const { h, smtp } = await mailingHouse(t)
  smtp.plan({ kind: 'refuse', at: 'recipient', code: 450 }, { to: 'kaoru@havsten.example', times: 1e6 })
  const id = await put(h)
  smtp.down(true)
  const code = await put(h, { to: 'code@havsten.example', until: h.now() + 10 * minute })
  await go(h, 20 * minute)
  smtp.down(false)
  await go(h, 2 * 24 * hour, 20 * minute)
  assert.equal(await stateOf(h, code), 'late')
  assert.equal(await stateOf(h, id), 'waiting')
  await go(h, 26 * hour, 20 * minute)
  assert.equal(await stateOf(h, id), 'late')
  assert.equal(smtp.received.length, 0)
  assert.equal((await h.events()).filter(e => e === 'mail.undelivered').length, 2)
})

test('cut between taking and saying so, the same message comes again under the same id, equal to the byte', async t => {
  const { h, smtp } = await mailingHouse(t)
  smtp.plan({ kind: 'cut', at: 'taken' })
  await put(h)
  await h.settle()
  await go(h, 5 * minute)
  assert.equal(smtp.received.length, 2)
  assert.equal(smtp.received[0]?.mail.messageId, smtp.received[1]?.mail.messageId)
  assert.equal(smtp.received[0]?.raw, smtp.received[1]?.raw)
})

test('one mail that always breaks the connection does not keep others from arriving', async t => {
  const { h, smtp } = await mailingHouse(t)
  smtp.plan({ kind: 'cut', at: 'words' }, { to: 'poison@havsten.example', times: 1e6 })
  await put(h, { to: 'poison@havsten.example' })
  for (let n = 0; n < 10; n += 1) await put(h, { to: `p${n}@havsten.example` })
  await h.settle()
  await go(h, 5 * minute)
  assert.equal(new Set(smtp.received.map(r => r.to)).size, 10)
})

test('a password is sent through TLS or not at all, and is in no answer, log or table', async t => {
  const login = { user: 'muster@havsten', password: 'geheim/7%@' }
  for (const tls of ['implicit', 'starttls'] as const) {
    const { h, smtp } = await mailingHouse(t, {}, { tls, login })
    await put(h)
    await h.settle()
    assert.deepEqual(
      smtp.received.map(r => [r.secure, r.user]),
      [[true, login.user]],
      tls,
    )
  }
  const config = (url: string) => readConfig({ MUSTER_SMTP_URL: url, MUSTER_MAIL_FROM: 'm@a.example' })
  assert.equal(config('smtp://u:p@mail.example').smtp?.tls, 'demanded')
  assert.equal(config('smtp://mail.example:25').smtp?.tls, 'offered')
  assert.equal(config('smtps://u:p@mail.example').smtp?.port, 465)
  for (const url of ['http://u:geheim@x', 'smtp:geheim', 'smtp://', 'u:geheim@x'])
    assert.throws(
      () => config(url),
      (e: Error) => /MUSTER_SMTP_URL/.test(e.message) && !/geheim/.test(e.message),
      url,
    )
  assert.throws(() => readConfig({ MUSTER_SMTP_URL: 'smtp://x' }), /MUSTER_MAIL_FROM/)
  assert.throws(
    () => readConfig({ MUSTER_SMTP_URL: 'smtp://x', MUSTER_MAIL_FROM: 'a@b\nBcc: c@d' }),
    /MUSTER_MAIL_FROM/,
  )
})

test('a wrong password is trouble of the line: mails wait for it to be set right', async t => {
  const { environment, smtp } = await smtpFor(t, { login: { user: 'u', password: 'right' } })
  const h = await house(t, { ...environment, MUSTER_SMTP_URL: smtp.url.replace('right', 'wrong1') })
  const id = await put(h)
  await h.settle()
  assert.equal(await stateOf(h, id), 'waiting')
  const { trouble } = await h.run(store.line)
  assert.match(trouble ?? '', /535/)
  assert.doesNotMatch(trouble ?? '', /wrong1/)
})

test('without a mail server nothing is put into the outbox', async t => {
  const h = await house(t)
  assert.equal(await put(h), null)
  assert.deepEqual(await h.run(ctx => store.counts(ctx)), { waiting: 0, sent: 0, refused: 0, late: 0 })
})
