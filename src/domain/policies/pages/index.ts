import type { Web } from '../../../web/module.ts'
import { deskPolicyPages } from './desk.tsx'
import { draftPages } from './draft.tsx'
import { importPolicyPages } from './import.tsx'
import { publicPolicyPages } from './public.tsx'

/** Every page of the policies. */
export function policyPages(web: Web): void {
  publicPolicyPages(web)
  draftPages(web)
  importPolicyPages(web)
  deskPolicyPages(web)
}
