/**
 * The log of what happened, for people: listed and filtered within the units they may see, followed live, and checked for tampering.
 * The log itself is base's (`base/events.ts`, `base/seal.ts`); this room only reads what is sealed, and writes nothing.
 */
export { followSealed } from './stream.ts'
export { type EventItem, eventItems } from './item.ts'
export { type Anchor, anchorNow, anchorOf, anchorsFile, startAnchors } from './anchors.ts'
