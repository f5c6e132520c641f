import type { DragEvent } from 'react'

/* What is carried by a drag: the id of a unit, or ids of people. Types of our own, so that nothing else is taken for it. */
const unitType = 'application/x-muster-unit'
const peopleType = 'application/x-muster-people'

/** Begins to carry a unit. */
export function carryUnit(event: DragEvent, id: string) {
  event.dataTransfer.setData(unitType, id)
  event.dataTransfer.effectAllowed = 'move'
}

/** Begins to carry people. */
export function carryPeople(event: DragEvent, ids: readonly string[]) {
  event.dataTransfer.setData(peopleType, ids.join(' '))
  event.dataTransfer.effectAllowed = 'move'
}

/** The unit that was dropped; null when it was something else. */
export const carriedUnit = (event: DragEvent): string | null => event.dataTransfer.getData(unitType) || null

/** The people that were dropped. */
export const carriedPeople = (event: DragEvent): string[] =>
  event.dataTransfer
    .getData(peopleType)
    .split(' ')
    .filter(id => id !== '')
