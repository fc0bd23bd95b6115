/** The box under the pointer or the graph's focus. Apart from the store, so that a move draws one line only. */
import { create } from 'zustand'
import type { BoxDetails } from '../core/layout/details.ts'

export const useHover = create<{ hover: BoxDetails | null; selected: BoxDetails | null }>()(() => ({
  hover: null,
  selected: null,
}))
