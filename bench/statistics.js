export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Two decimals below 10, one below 100. */
export const figure = (value) => value.toFixed(value === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2);
