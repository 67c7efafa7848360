// The other side of flood.ts, in a process of its own, so that what the senders need is no part of what is measured.
import { flood, type Flood } from '../support/flood.ts'

process.on('message', (of: Flood) => {
  void flood(of).then((flooded) => process.send?.({ flooded }),
    (error: Error) => process.send?.({ failed: error.message })).finally(() => process.disconnect?.())
})
