/** Steps of a diverging scale of seven, as a share of the larger total: below the least one nothing is to be seen. */
export const DIFFERENCE_LIMITS = [-0.1, -0.01, -0.001, 0.001, 0.01, 0.1] as const
