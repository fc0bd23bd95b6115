/** What growers are told by: lists of SeriesAnswer, as the address names them. */
export const GROUPS = ['growers', 'functions', 'lines', 'labels'] as const
export type Group = (typeof GROUPS)[number]
