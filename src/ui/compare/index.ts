/** What comparing needs on screen. None of it is loaded before two profiles are open, or somebody asks for it. */
import { lazily } from '../parts/lazily.tsx'

export const compareOffer = lazily(async () => (await import('./compare-offer.tsx')).CompareOffer)
export const compareBar = lazily(async () => (await import('./compare-bar.tsx')).CompareBar)
export const scaleNote = lazily(async () => (await import('./compare-bar.tsx')).ScaleNote)
export const comparedFindings = lazily(async () => (await import('./compared-findings.tsx')).ComparedFindings)
export const foundIn = lazily(async () => (await import('./compared-findings.tsx')).FoundIn)
