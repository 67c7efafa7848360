/**
 * Two invented organisations with half a year of work each, so that a visitor sees kept, due, missed and idle side by side.
 * What may never happen: example data enters an organisation that was not made as an example, or passes for true.
 */
export { exampleNames, findHistory, readExample } from './folder.ts'
export { exampleJobs, goOn } from './go-on.ts'
export { History } from './history.ts'
export { loadExample, type Stage } from './load.ts'
