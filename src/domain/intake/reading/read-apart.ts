import { Ended, Isolated } from '../../../lib/isolated.ts'
import type { Apart, Task } from './thread.ts'

/** An ordinary mail takes a few milliseconds, the largest that is taken apart a few seconds. */
const thread = new Isolated<Task, Apart>(new URL('./thread.ts', import.meta.url), { timeMs: 30_000, memoryMb: 768 })

const why: Record<Ended['why'], string> = {
  time: 'it took too long to take it apart', memory: 'it needs more memory than is given to take it apart', crash: 'the parser gave up on it',
}

/** Takes a mail apart on a thread of its own: whatever is in it, the intake goes on. */
export async function readApart(task: Task): Promise<Apart> {
  try {
    return await thread.ask(task)
  } catch (error) {
    if (!(error instanceof Ended)) throw error
    return { read: { unreadable: why[error.why] }, mayBeSealed: false, opened: null }
  }
}
