/** Every sentence the page says, in English. Sentences with numbers are functions of ready-made text. */

const plural = (n: number, one: string, many: string) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`

export const en = {
  app: {
    name: 'Hotzone',
    close: 'Close',
    cancel: 'Cancel',
    details: 'Details',
  },

  graph: {
    name: 'Flame graph',
    all: 'All',
  },

  count: {
    functions: (n: number) => plural(n, 'function', 'functions'),
    frames: (n: number) => plural(n, 'frame', 'frames'),
    stacks: (n: number) => plural(n, 'stack', 'stacks'),
    samples: (n: number) => plural(n, 'sample', 'samples'),
  },
}

export type Words = typeof en
