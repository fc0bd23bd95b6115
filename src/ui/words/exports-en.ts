/** Saving as a file, in English. */
export const exports = {
  title: 'Export',
  open: 'Export…',
  stays: 'Files are made in this browser, of what the filters leave.',
  writing: 'Writing…',
  saved: (name: string) => `${name} is saved.`,
  escaped: (n: number) =>
    n === 1
      ? '1 name holds a character that separates names here; it is written as %3B or the like.'
      : `${n.toLocaleString('en-US')} names hold characters that separate names here; those are written as %3B or the like.`,
  failed: 'The file could not be made.',
  onlyGraph: 'Only while a flame graph is on screen.',
  formats: {
    pprof: { name: 'pprof', what: 'The filtered profile with all sample types, for go tool pprof and others' },
    folded: { name: 'Folded stacks', what: 'One line per stack of this sample type, for flamegraph.pl and others' },
    speedscope: { name: 'speedscope', what: 'JSON for speedscope' },
    tsv: { name: 'Table (TSV)', what: 'Self and total of every function for every sample type, raw numbers' },
    svg: { name: 'SVG', what: 'The whole graph as a picture whose text can be selected' },
    html: { name: 'HTML', what: 'One page with the graph and the top functions, to attach to a mail' },
    png: { name: 'PNG', what: 'The graph as it is on screen' },
  },
}
