/** Eight at a time; answers in the order of the items. */
export async function inParallel<Item, Answer>(
  items: readonly Item[],
  work: (item: Item) => Promise<Answer>,
  done: (count: number) => void = () => {},
): Promise<Answer[]> {
  const answers: Answer[] = []
  let [next, finished] = [0, 0]
  const worker = async () => {
    while (next < items.length) {
      const mine = next++
      answers[mine] = await work(items[mine]!)
      done(++finished)
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  return answers
}
