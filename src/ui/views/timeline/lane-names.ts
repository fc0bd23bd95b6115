/** What lanes are called. */
import { shortName } from '../../../core/model/go-name.ts'
import type { Lane } from '../../../core/trace/timeline/lane.ts'
import type { Timeline } from '../../../core/trace/timeline/lanes.ts'
import type { TimelineMessages } from './messages.ts'

/** short: without the path of the package, for where there is little room. */
export function laneName(lane: Lane, timeline: Timeline, m: TimelineMessages, short = false): string {
  switch (lane.kind) {
    case 'processor': {
      const number = timeline.processors[lane.row]
      return number === undefined ? m.unknown : m.processor(number)
    }
    case 'group': {
      const name = timeline[lane.of].name[lane.group] || m.unknown
      return short && lane.of === 'goroutines' ? shortName(name) : name
    }
    case 'member': {
      const id = timeline[lane.of].id[lane.member]
      if (id === undefined) return m.unknown
      return lane.of === 'tasks' ? m.task(id) : m.goroutine(id)
    }
    case 'running':
      return m.tones.running
    default:
      return m[lane.kind]
  }
}
