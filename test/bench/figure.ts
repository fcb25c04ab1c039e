/** One line of the output. Budgets are upper limits (design: speed budgets). */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `times`: against something else measured in the same run. */
  readonly unit: 'KB' | 'MB' | 'ms' | 'times' | 'connections';
  readonly budget: number;
}

/** The value that a share of all values does not exceed: 0.5 is the median, 0.99 the 99th percentile. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
