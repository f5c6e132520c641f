import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agentSchemasAreFresh } from './agent-language.ts'
import { apiIsFresh } from './api.ts'
import { schemaIsFresh } from './schema.ts'
import { settingsAreFresh } from './settings.ts'

test('api/openapi.json and its types say what the routes declare (else: npm run api)', () => assert.ok(apiIsFresh()))
test('server/migrations/schema.sql says what the migrations make (else: npm run schema)', async () =>
  assert.ok(await schemaIsFresh()))
test('docs/guides/settings.md says what base/config.ts declares (else: node tools/settings.ts)', () =>
  assert.ok(settingsAreFresh()))
test('docs/reference/agent says what the shapes of the agent’s language say (else: node tools/agent-language.ts)', () =>
  assert.ok(agentSchemasAreFresh()))
