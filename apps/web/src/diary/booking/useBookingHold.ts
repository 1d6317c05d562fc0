import { onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue'
import { call, renew } from '../../api.ts'
import { newId } from '../../new-id.ts'
import { ApiProblem } from '../../request.ts'
import { ownIds } from '../visit-writes.ts'

/** Where and when the booking would be. */
export interface HoldPlace {
  branchId: string
  practitionerId: string
  visitTypeId: string
  startsAt: string
  durationMinutes?: number
  placeId?: string
  alsoIds?: string[]
}

interface Held {
  id: string
  key: string
}

const pauseMs = 250 // somebody still typing a time wants none of its beginnings

export interface BookingHold {
  refused: ShallowRef<ApiProblem | null>
  /** The id of the hold that the booking takes over, once all that is on its way has arrived; none where there was no time to hold. */
  take: () => Promise<string | undefined>
  /** The hold as it is now. */
  current: () => string | undefined
  /** The booking has taken it over. */
  forget: () => void
}

/**
 * Keeps the place of a booking while it is filled in: asked for once the place is known, moved with the choice, given back when
 * `wanted` is null. It is not renewed: a dialog that was left open must not close a slot for the day; the booking needs the place
 * to be free, not the hold to be alive. `refused` is why the place cannot be had, told before everything is filled in.
 */
export function useBookingHold(wanted: () => HoldPlace | null): BookingHold {
  const refused = shallowRef<ApiProblem | null>(null)
  const hold = holdOf(wanted, refused)
  let line: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined

  const next = (): Promise<void> => (line = line.then(hold.settle))
  watch(
    () => keyOf(wanted()),
    (key) => {
      clearTimeout(timer)
      refused.value = null
      if (key === '') void next()
      else timer = setTimeout(() => void next(), pauseMs)
    },
  )
  onBeforeUnmount(() => {
    clearTimeout(timer)
    void (line = line.then(hold.release))
  })
  return {
    refused,
    async take() {
      clearTimeout(timer) // a hold that is not yet asked for would only stand in the booking's way
      refused.value = null
      await line
      return hold.current()
    },
    current: hold.current,
    forget: hold.forget,
  }
}

/** The hold on the server: made or moved to what is wanted, and given back. One call at a time is the caller's to see to. */
function holdOf(wanted: () => HoldPlace | null, refused: ShallowRef<ApiProblem | null>) {
  let held: Held | null = null

  async function settle(): Promise<void> {
    const place = wanted()
    const key = keyOf(place)
    if (held?.key === key) return
    if (!place) return release()
    const id = newId()
    ownIds.set(id, 1)
    try {
      await call('POST /holds', { body: { id, ...place, ...(held ? { insteadOf: held.id } : {}) } })
      held = { id, key }
      refused.value = null
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      await release()
      // Who cannot be reached says nothing about the place; the banner tells of the line, and the booking will ask again.
      refused.value = error.code === 'unreachable' || keyOf(wanted()) !== key ? null : error
    }
    renew('GET /diary')
  }
  async function release(): Promise<void> {
    const gone = held
    held = null
    refused.value = null
    if (!gone) return
    try {
      await call('DELETE /holds/:id', { params: { id: gone.id } })
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error // it runs out by itself in a few minutes
    }
  }
  return { settle, release, current: (): string | undefined => held?.id, forget: (): void => void (held = null) }
}

const keyOf = (place: HoldPlace | null): string => (place === null ? '' : JSON.stringify(place))
