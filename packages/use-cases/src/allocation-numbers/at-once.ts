import { instantFromMs } from '@yoman/domain/time'

/** A time that has come by every clock: of what is due now, and waits by the machine's. */
export const atOnce = instantFromMs(0)
