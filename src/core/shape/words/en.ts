import { remedy as d } from '../../zones/words/words.ts'
import type { ShapeWords } from './words.ts'

export const en: ShapeWords = {
  title: 'What the shape says',
  none: 'Nothing stands out by its shape.',
  fold: 'Fold into one step',
  shapes: {
    'spread-function': {
      title: 'Hidden by spreading: a function',
      sentence: (s) => `${s.subject}: ${s.value} (${s.share}) in ${s.places} places, the largest ${s.largest}.`,
      meaning: 'No single box shows it, because many callers share it.',
      know: 'A twentieth of the whole or more at the leaf, in 16 boxes or more, none of which is more than a fifth of it.',
      remedies: [
        d('Look at it bottom-up, and make the function itself cheaper.', 'Most callers need the call.'),
        d('Call it less in the callers that weigh most.', 'A few of them make most of it.'),
      ],
    },
    'spread-package': {
      title: 'Hidden by spreading: a package',
      sentence: (s) => `${s.subject}: ${s.value} (${s.share}) in ${s.places} functions, the largest ${s.largest}.`,
      meaning: 'None of its functions is large, but together they are.',
      know: 'A tenth of the whole or more at the leaf, in 16 functions or more, none of which is more than a fifth of it; package runtime aside.',
      remedies: [d('Look at the view by packages: what you can do is call the package less.', 'It is not your code.')],
    },
    'one-line': {
      title: 'One line',
      sentence: (s) => `One line of ${s.subject} causes ${s.value} (${s.share}).`,
      meaning: 'A fifth or more of the whole is due to one call.',
      know: 'More than a fifth of the whole has this line as the nearest of your code.',
      remedies: [
        d('Begin there: nothing else gains as much.', 'What it calls can be left out, done once or done cheaper.'),
      ],
    },
    'one-caller': {
      title: 'One call site',
      sentence: (s) => `${s.ofLeaf} of ${s.other} comes from one line of ${s.subject}: ${s.value} (${s.share}).`,
      meaning: 'The function is called in several places, and one of them makes nearly all of it.',
      know: 'A tenth of the whole or more is in one function that is not yours, and four fifths of it come from this line, which causes less than two fifths of all.',
      remedies: [d('Change that call, not the function.', 'Other callers are fine with it.')],
    },
    churn: {
      title: 'Churn: allocated, and nothing kept',
      sentence: (s) => `${s.subject} allocated ${s.value} (${s.share}), of which ${s.inUse} is still in use.`,
      meaning: 'All of it became garbage: it costs the allocator and the collector, not memory that stays.',
      know: 'A tenth of what was allocated or more, of which less than a hundredth is in use.',
      remedies: [
        d('Reuse the objects: a buffer that is kept, a sync.Pool, or memory on the stack.', 'They live for one call.'),
        d(
          'Allocate fewer: make slices with their size, pass pointers on.',
          'They hold what another one holds already.',
        ),
      ],
    },
    kept: {
      title: 'Kept: in use, and most of what was allocated',
      sentence: (s) => `${s.subject} holds ${s.value} (${s.share}): ${s.inUse} of all it ever allocated.`,
      meaning: 'What is allocated here stays: a cache, an index, or a leak.',
      know: 'A tenth of what is in use or more, and half or more of what the line allocated.',
      remedies: [
        d('Give it a limit, or let entries go with their users.', 'It grows with the work, not with the data.'),
        d('Store it in less: smaller fields, no pointers, interned strings.', 'It has to stay.'),
      ],
    },
    'tiny-objects': {
      title: 'Tiny objects by the million',
      sentence: (s) => `${s.subject} makes ${s.objects} objects of ${s.size} each: ${s.value} (${s.share}).`,
      meaning: 'Each costs an allocation, and those that stay are for the collector to find.',
      know: 'A tenth of the whole or more, in a million objects or more of 32 bytes or less each, by the mean.',
      remedies: [
        d('Keep them in one slice, by value.', 'They belong together.'),
        d('Avoid boxing and pointers to small values.', 'They are numbers, flags or short strings in interfaces.'),
      ],
    },
    'huge-objects': {
      title: 'Few huge objects',
      sentence: (s) => `${s.subject} makes ${s.objects} objects of ${s.size} each: ${s.value} (${s.share}).`,
      meaning: 'A large object is cleared when it is made, and its memory is given back late.',
      know: 'A tenth of the whole or more, in objects of 1 MiB or more, by the mean.',
      remedies: [
        d('Work in pieces: a reader instead of the whole.', 'It is read from front to back.'),
        d('Keep one and reuse it.', 'Calls follow one another.'),
      ],
    },
    doubling: {
      title: 'Growth by doubling',
      sentence: (s) =>
        `${s.subject} allocates ${s.steps} sizes from ${s.smallestSize} to ${s.largestSize}, each about the next growth of the one before: ${s.value} (${s.share}).`,
      meaning: 'A slice, buffer or map that grows is copied at every step; twice its last size is allocated in all.',
      know: 'A tenth of the whole or more, on stacks that allocate five sizes or more over a range of 16 times, each 1.1 to 2.6 times the one before. Sizes do not say what else is made there.',
      remedies: [d('Make it with its size.', 'The size, or an upper bound, is known before it is filled.')],
    },
    wrappers: {
      title: 'A chain of wrappers',
      sentence: (s) =>
        `${s.frames} frames from ${s.subject} to ${s.other} each call only the next one: ${s.value} (${s.share}).`,
      meaning: 'Middleware, interceptors or layers: they make the graph deep and cost little themselves.',
      know: 'Eight functions or more, each of which has 98 % or more of its box in one callee, with a tenth of the whole.',
      remedies: [d('Fold them for reading.', 'What you look for is below them.')],
    },
    recursion: {
      title: 'Recursion',
      sentence: (s) => `${s.subject} calls itself, up to ${s.depth} deep: ${s.value} (${s.share}).`,
      meaning: 'One piece of work is drawn as many boxes, one below the other.',
      know: 'Four times or more on one stack, with a tenth of the whole; boxes below a hundredth of it are not looked at.',
      remedies: [d('Collapse the recursion for reading.', 'What each level calls matters, not how deep it is.')],
    },
    concentration: {
      title: 'Concentration',
      sentence: (s) => `Half of it is in ${s.functions} of ${s.allFunctions} functions.`,
      meaning: 'A few functions decide: what is done elsewhere is hardly felt.',
      know: 'Half of the whole is in a twentieth of the functions or less, where there are a hundred or more.',
      remedies: [],
    },
  },
}
