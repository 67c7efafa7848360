/** What the operator decides: environment variables, read once at the start. */
export { readSettings, SettingsProblem, type Settings } from './read-settings.ts'
export { settingsPage } from './settings-page.ts'
