/** What a view is to the rest of the page: one row of the list in index.ts. */
import type { ComponentType } from 'react'
import type { ViewSpec } from '../../state/view-spec.ts'
import type { Messages } from '../words/message-types.ts'

export interface ViewDefinition extends ViewSpec {
  /** On its tab. All else that it says comes with its component. */
  title: Messages<string>
  /** Its code is loaded when it is first opened (parts/lazily.tsx). */
  Component: ComponentType
}
