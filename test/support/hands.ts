import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

/** How somebody works a page: with a pointer, or with the keys alone. */
export interface Hands {
  fill(field: Locator, text: string): Promise<void>
  /** A day, in a field that has a calendar. */
  day(field: Locator, day: Temporal.PlainDate): Promise<void>
  choose(select: Locator, label: string): Promise<void>
  tick(box: Locator): Promise<void>
  pick(radio: Locator): Promise<void>
  /** A button, a link, or what opens and closes. */
  press(target: Locator): Promise<void>
}

export const pointer: Hands = {
  fill: (field, text) => field.fill(text),
  day: (field, day) => field.fill(day.toString()),
  choose: async (select, label) => { await select.selectOption({ label }) },
  tick: (box) => box.check(),
  pick: (radio) => radio.check(),
  press: (target) => target.click(),
}

/** Only the keyboard: whatever is used has to be reached by Tab, from where the focus is. */
export const keys: Hands = {
  async fill(field, text) {
    const { keyboard } = await reach(field)
    await keyboard.press('ControlOrMeta+a')
    await keyboard.insertText(text)
  },
  async day(field, day) {
    // Chromium's calendar takes month, day and year one after the other.
    const { keyboard } = await reach(field)
    await keyboard.type(day.toLocaleString('en-US', { month: '2-digit', day: '2-digit', year: 'numeric' }).replaceAll('/', ''))
    assert.equal(await field.inputValue(), day.toString())
  },
  async choose(select, label) {
    const { keyboard } = await reach(select)
    await keyboard.type(label)
    assert.equal(await select.locator('option:checked').textContent(), label)
  },
  async tick(box) {
    const { keyboard } = await reach(box)
    if (!await box.isChecked()) await keyboard.press('Space')
  },
  async pick(radio) {
    const group = radio.page().locator(`[type=radio][name="${await radio.getAttribute('name')}"]`)
    const { keyboard } = await reach(group)
    await keyboard.press('Space')
    for (let left = await group.count(); !await radio.isChecked(); left--) {
      assert.ok(left > 0, 'The arrows do not lead to that choice.')
      await keyboard.press('ArrowDown')
    }
  },
  async press(target) { await (await reach(target)).keyboard.press('Enter') },
}

const longestWalk = 250

/** Tab after Tab, from the top over the link that skips what stands on every page, until the focus is on one of them. */
async function reach(targets: Locator): Promise<Page> {
  const tab = targets.page()
  await targets.first().waitFor()
  for (let steps = 0; steps < longestWalk; steps++) {
    if (await targets.evaluateAll((all) => all.includes(document.activeElement as HTMLElement))) return tab
    const skips = await tab.evaluate(() => document.activeElement?.classList.contains('skip') ?? false)
    await tab.keyboard.press(skips ? 'Enter' : 'Tab')
  }
  throw new Error(`No Tab leads to ${targets}.`)
}
