import type { Module } from '../../../web/module.ts'
import { exportOwnData } from './export-own-data.ts'
import { activityPages } from './pages/activity.tsx'
import { dataPages } from './pages/data.tsx'

/** What is kept about oneself. What may never happen: somebody sees what is kept about somebody else, or an organisation loses its last administrator. */
export const ownData: Module = {
  name: 'own data', verbs: [], queries: [exportOwnData],
  pages(web) {
    activityPages(web)
    dataPages(web)
  },
}
