export { canonical } from '@muster/wire/canonical.ts'
