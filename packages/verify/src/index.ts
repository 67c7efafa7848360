export * from "./commitments/rule.ts"
export type * from "./commitments/event.ts"
