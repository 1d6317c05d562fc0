import type { OpenAccounting } from '@yoman/domain/accounting/connection'
import type { NoAnswer } from '@yoman/domain/accounting/service'
import { hashavshevetService } from './hashavshevet.ts'
import { type HttpSettings, openHttp } from './http.ts'
import { priorityService } from './priority.ts'

const adapters = { priority: priorityService, hashavshevet: hashavshevetService }

/** The adapters behind one door: an answer that cannot be read, a date that is none, is no answer. */
export function accountingServices(settings: HttpSettings): OpenAccounting {
  const http = openHttp(settings)
  return (target, secret) => {
    const service = adapters[target.service](target, secret, http)
    return {
      test: () => readable(service.test()),
      find: (entry, wasTaken) => readable(service.find(entry, wasTaken)),
      push: (entry) => readable(service.push(entry)),
      readBack: (from, to) => readable(service.readBack(from, to)),
    }
  }
}

async function readable<T>(answer: Promise<T>): Promise<T | NoAnswer> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return { kind: 'unreachable', message: 'An answer that could not be read.' }
    throw error
  }
}
