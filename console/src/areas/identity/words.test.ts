import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agentWord } from './agent.ts'
import { safeNext } from './next.ts'
import { strengthOf } from './password.ts'

test('after signing in only a page of this console is opened', () => {
  assert.equal(safeNext('/devices?filter=a'), '/devices?filter=a')
  for (const bad of [
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/sign-in?next=/',
    '/setup',
  ]) {
    assert.equal(safeNext(bad), '/', String(bad))
  }
})

test('a browser is called by its name and system', () => {
  assert.equal(
    agentWord(
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
    ),
    'Safari 26, macOS',
  )
  assert.equal(
    agentWord(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0',
    ),
    'Edge 156, Windows',
  )
  assert.equal(agentWord('muster setup'), 'muster setup')
  assert.equal(agentWord(null), '–')
})

test('a password is judged by length and variety', () => {
  assert.equal(strengthOf('short'), 'short')
  assert.equal(strengthOf('aaaaaaaaaaaaaaaa'), 'short')
  assert.equal(strengthOf('right horse 1'), 'fair')
  assert.equal(strengthOf('right horse battery staple'), 'good')
})
