/**
 * Every sentence the page says, in English. Sentences with numbers are functions of ready-made text, so that
 * another language can put them in its own order. Plain words, sentence case, cause before advice.
 */
import { badPattern } from './patterns-en.ts'

const locale = 'en-US'
const grouped = (n: number) => n.toLocaleString(locale)
const plural = (n: number, one: string, many: string) => `${grouped(n)} ${n === 1 ? one : many}`

export const en = {
  /** For dates and numbers. */
  locale,
  app: {
    name: 'Hotzone',
    title: (file: string) => `${file} · Hotzone`,
    close: 'Close',
    cancel: 'Cancel',
    dismiss: 'Dismiss',
    details: 'Details',
    chooseAgain: 'Choose again…',
    chooseFile: 'Choose file…',
    choose: 'Profile files',
  },

  graph: {
    name: 'Flame graph',
    all: 'All',
    rootLabel: (total: string) => `All · ${total}`,
    callersAbove: (n: number) => (n === 1 ? '1 caller above' : `${n} callers above`),
    merged: (n: number) => `+${grouped(n)}`,
    mergedName: (n: number) => (n === 1 ? '1 small frame' : `${grouped(n)} small frames`),
    unnamed: '(no name)',
    item: (name: string, total: string, share: string) => `${name}, ${total}, ${share} of total`,
    itemSelf: (self: string) => `self ${self}`,
    itemInlined: 'inlined',
    itemChanged: (name: string, difference: string, share: string, ofBase: boolean) =>
      `${name}, ${difference}, ${share} of ${ofBase ? 'base total' : 'total'}`,
    itemSides: (base: string, current: string) => `base ${base}, current ${current}`,
    itemNoise: 'within noise',
    itemZone: (number: number) => `finding ${number}`,
    howToZoom: (key: string) => `Hold ${key} and turn the wheel to zoom; a pinch does the same.`,
    waiting: 'Building the flame graph',
  },

  count: {
    functions: (n: number) => plural(n, 'function', 'functions'),
    frames: (n: number, capped = false) => `${capped ? 'over ' : ''}${plural(n, 'frame', 'frames')}`,
    stacks: (n: number) => plural(n, 'stack', 'stacks'),
    samples: (n: number) => plural(n, 'sample', 'samples'),
  },

  kinds: {
    cpu: 'CPU',
    heap: 'Heap',
    allocs: 'Allocs',
    goroutine: 'Goroutines',
    goroutineleak: 'Leaked goroutines',
    threadcreate: 'Threads',
    mutex: 'Mutex',
    block: 'Block',
    contention: 'Contention',
    trace: 'Trace',
    other: 'Profile',
  },

  bar: {
    profiles: 'Profiles',
    closeProfile: (name: string) => `Close ${name}`,
    go: (version: string) => `Go ${version}`,
    sampleType: 'Sample type',
    share: 'Share',
    menu: 'Menu',
    keyboard: 'Keyboard',
    home: 'First screen',
  },

  /** Names of Go's sample types; a type that is not here is shown by its own name. */
  types: {
    network: 'Network waits',
    sync: 'Lock and channel waits',
    syscall: 'System calls',
    scheduler: 'Waits for a processor',
    waiting: 'All waits',
    running: 'Running',
    cpu: 'CPU time',
    samples: 'Samples',
    alloc_space: 'Alloc space',
    alloc_objects: 'Alloc objects',
    inuse_space: 'In use space',
    inuse_objects: 'In use objects',
    goroutine: 'Goroutines',
    goroutines: 'Goroutines',
    contentions: 'Contentions',
    delay: 'Delay',
    threadcreate: 'Threads',
  },

  search: {
    label: 'Search frames',
    placeholder: 'Search functions, packages, files',
    short: 'Search',
    next: 'Next match',
    previous: 'Previous match',
    clear: 'Clear search',
    none: 'No matches',
    /** After the number, which stands out. */
    functions: (n: number): string => (n === 1 ? 'function' : 'functions'),
    byFile: (n: number) => `${grouped(n)} by file`,
    searching: 'Searching…',
    position: (at: number, of: number) => `${grouped(at)} of ${grouped(of)}`,
    failed: 'The search could not be done.',
    filter: {
      button: 'Filter by this search',
      focus: 'Keep only stacks with a match',
      ignore: 'Drop stacks with a match',
      hide: 'Hide the frames that match',
    },
  },

  crumbs: {
    label: 'Zoomed path',
    more: (n: number) => `${n} more`,
    ofTotal: (share: string) => `${share} of total`,
    /** Part of a box that is on the screen; '' = the whole graph. */
    part: (share: string, name: string) => `${share} of ${name || 'all'} in view`,
    zoomToPart: (part: string) => `${part}: show all of it`,
    reset: 'Reset zoom',
  },

  measured: {
    label: 'What was measured',
    cpu: (total: string, duration: string) => `${total} sampled over ${duration}`,
    bytesInObjects: (bytes: string, objects: string) => `${bytes} in ${objects} objects`,
    goroutines: (n: string) => `${n} goroutines`,
    over: (total: string, duration: string) => `${total} over ${duration}`,
    net: (value: string) => `net ${value}`,
    ofBase: (base: string) => `100% is ${base} of the base profile`,
    ofGross: (gross: string) => `100% is ${gross}, the sum of absolute values`,
    inexact: 'rounded: the sum is beyond 2^53',
    captured: (when: string) => `Captured ${when}`,
    doc: 'About this profile',
  },

  order: {
    label: 'Order of siblings',
    size: 'Widest first',
    name: 'By name',
    toName: 'Widest first. Order siblings by name',
    toSize: 'By name. Order siblings widest first',
    rootTop: 'Root on top',
    rootBottom: 'Root at the bottom',
    toBottom: 'Root on top. Put it at the bottom',
    toTop: 'Root at the bottom. Put it on top',
  },

  color: {
    label: 'Colour by',
    button: (what: string) => `Colour: ${what}`,
    package: 'Package',
    'in-use': 'In use ÷ allocated',
    'object-size': 'Mean object size',
    difference: 'Difference',
    type: (name: string) => `Share of ${name}`,
    legend: 'What the colours mean',
    back: 'Colour by package again',
    /** What the number is, where its name does not tell. */
    inUseWhy:
      'What is in use now, as a share of all that was allocated here since the program started. It falls while a program runs: it does not tell leaks.',
    /** What stands at the low and at the high end of a scale. */
    ends: {
      'in-use': ['little of it in use now', 'all of it'],
      'object-size': ['small', 'large'],
      type: ['smaller share than here', 'larger share'],
      difference: ['less', 'more, of the larger total'],
    },
    gone: 'gone; grey: the same, or within noise',
    few: 'Frames that rest on 1 to 3 samples',
    fade: 'Fade them',
    noFade: 'Show them like the others',
  },

  ownCode: {
    label: 'Your code:',
    title: 'Your code',
    mainOnly: 'package main',
    change: (paths: string) => `Your code: ${paths}. Change`,
    paths: 'Import paths, with commas between',
    why: 'All packages below these paths count as yours, and package main always. Findings name your lines, and your functions have a colour of their own.',
    wrong: 'Write import paths, such as github.com/prometheus/prometheus.',
    reset: 'As the profile says',
    apply: 'Apply',
  },
  details: {
    openSource: 'Open its source',
    label: 'Frame details',
    hint: 'Point at a frame, or move with the arrow keys.',
    inlined: 'inlined',
    self: 'Self',
    total: 'Total',
    /** Whether "of total" stands before its share. */
    shareLast: false,
    ofTotal: 'of total',
    ofZoom: 'of zoom',
    ofParent: 'of parent',
    samples: 'Samples',
    fewSamples: (n: string) => `${n}, very uncertain`,
    samplesWhy: (n: string, low: string, high: string) =>
      `Rests on ${n} samples of the profiler; with 95% confidence the total is between ${low} and ${high}`,
    inUse: 'In use ÷ allocated',
    objectSize: 'Mean object',
    gross: 'Gross',
    grossWhy:
      'Sum of the absolute values. Boxes are as wide as this; what they add and what they take away makes the total.',
    everywhere: 'All places',
    everywhereWhy: 'Everywhere this function occurs, recursion counted once',
    merged: (n: number) => `${plural(n, 'frame', 'frames')} too small to draw`,
    base: 'Base',
    current: 'Current',
    difference: 'Difference',
    ofBase: 'Of what the base has here',
    ofWholeBase: 'of base total',
    was: (names: string) => `matched: was ${names}`,
    isNew: 'new',
    isGone: 'gone',
    noise: 'within noise',
    noiseWhy:
      'Two profiles of the same load may differ as much by chance: less than two standard errors of what was sampled',
  },

  views: { label: 'Views' },
  badPattern,

  first: {
    promise: 'See where your Go program burns time and memory.',
    lead: 'Open a profile. Hotzone draws the flame graph, marks what is expensive and names the lines to look at.',
    drop: 'Drop a profile here',
    release: 'Release to open',
    paste: 'or paste a file or its text with',
    reads:
      'Reads pprof profiles of every kind, Go’s text forms (debug=1), folded stacks, speedscope, perf script, gperftools and tcmalloc files, and go test -bench texts, whatever they are called',
    samples: 'Or start from a sample',
    compareSamples: 'Compare “CPU, maps” with “CPU, structs”',
    privacy: 'Profiles are read in this browser. Nothing is uploaded unless you share it.',
    recent: 'Recently opened',
    recentNone: 'Profiles that you open are listed here.',
    budget: (limit: string) => `Kept in this browser only, up to ${limit}; the oldest leave first.`,
    notKept: 'This browser does not let the page keep files, so links to profiles will ask for the file again.',
    forget: (name: string) => `Delete ${name} from this browser`,
    showAll: (n: number) => `Show all ${n}`,
    just: 'just now',
    minutes: (n: number) => `${n} min ago`,
    hours: (n: number) => `${n} h ago`,
    yesterday: 'yesterday',
  },

  missing: {
    title: (name: string) => `This link needs ${name}`,
    unnamed: 'a profile that is not in this browser',
    lead: 'Links carry the view, not the profile. Open the same file here and the view comes back: zoom, search and findings.',
    leadSum:
      'Links carry the view, not the profiles. Open the same files here, together or one after the other, and the view comes back: zoom, search and findings.',
    /** Of several files, some of which are in this browser. */
    rest: (names: string) =>
      `Links carry the view, not the profiles. The others are in this browser: open ${names} too, and the view comes back.`,
    drop: (name: string) => `Drop ${name} here`,
    dropUnnamed: 'Drop the profile here',
    sample: (title: string) => `It is the sample “${title}”.`,
    openSample: 'Open the sample',
    fingerprint: 'Fingerprint of the uncompressed profile',
  },

  samples: [
    {
      file: 'cpu-maps.pb.gz',
      title: 'CPU, maps',
      line: 'JSON into map[string]interface{}: string-keyed map writes and reflection meet.',
    },
    {
      file: 'heap-maps.pb.gz',
      title: 'Heap, maps',
      line: 'The same service by allocated bytes. See who fills the maps.',
    },
    {
      file: 'cpu-structs.pb.gz',
      title: 'CPU, structs',
      line: 'The same work decoded into structs: what became of the maps?',
    },
    {
      file: 'heap-structs.pb.gz',
      title: 'Heap, structs',
      line: 'What is still allocated once the maps are gone.',
    },
    {
      file: 'goroutine-leak.pb.gz',
      title: 'Goroutine leak',
      line: 'A few call sites hold most goroutines. Find the channel.',
    },
    {
      file: 'mutex.pb.gz',
      title: 'Mutex',
      line: 'Where goroutines waited for each other, by time lost.',
    },
  ],

  opening: {
    title: (name: string) => `Opening ${name}`,
    waiting: (n: number) => `${n} more after it`,
    step: (n: number, what: string) => `Step ${n} of 4: ${what}`,
    stages: {
      read: 'reading',
      decode: 'decoding',
      index: 'building the tree',
      draw: 'drawing',
    },
    bytes: (done: string, all: string) => `${done} of ${all}`,
    opened: (name: string) => `${name} is open`,
  },

  menu: {
    exportFile: 'Export…',
    theme: 'Theme',
    language: 'Language',
    themes: { system: 'Follow the system', light: 'Light', dark: 'Dark' },
    root: 'Root',
    order: 'Siblings',
    open: 'Open file…',
    closeProfile: 'Close this profile',
    compare: 'Compare with…',
    merge: 'Add up the open profiles',
    story: 'Tell the story of all that is open',
    help: 'Keyboard shortcuts',
    recents: 'Profiles in this browser…',
  },

  context: {
    label: (name: string) => `Actions for ${name}`,
    copyName: 'Copy name',
    copyShownName: 'Copy name as shown',
    copyStack: 'Copy whole stack',
    zoom: 'Zoom here',
    copyPlace: 'Copy file and line',
    copied: 'Copied',
  },
}

export type Words = typeof en
