import type { OpenedProfile } from '../../state/store.ts'

/** What each tab of the inspector is given. */
export interface InspectorProps {
  profile: OpenedProfile
  sampleType: number
}
