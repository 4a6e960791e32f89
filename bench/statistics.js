// Pure functions of samples.

function sorted(values) {
  return values.toSorted((a, b) => a - b);
}

/** The value below which `share` of `values` lie, between two of them on a straight line. */
export function quantile(values, share) {
  const all = sorted(values);
  const place = share * (all.length - 1);
  const [low, high] = [all[Math.floor(place)], all[Math.ceil(place)]];
  return low + (high - low) * (place % 1);
}

export const median = (values) => quantile(values, 0.5);

/** The middle half of `values`, as a share of their median. */
export const spread = (values) => (quantile(values, 0.75) - quantile(values, 0.25)) / median(values);

/** How likely `count` throws of a coin show at most `most` heads. */
function coins(count, most) {
  let [ways, sum] = [1, 0];
  for (let heads = 0; heads <= most; heads++) {
    sum += ways;
    ways = (ways * (count - heads)) / (heads + 1);
  }
  return sum / 2 ** count;
}

/**
 * The interval that holds the true median with a confidence of 95 % or more, whatever the distribution: from the k-th least of `values` to the
 * k-th greatest. Of 6 to 8 values that is all of them. Fewer can't have that confidence: `undefined`.
 */
export function interval(values) {
  const all = sorted(values);
  let cut = 0;
  while (2 * coins(all.length, cut) <= 0.05) cut++;
  return cut ? { low: all[cut - 1], high: all.at(-cut) } : undefined;
}

/** Of each repetition that both have, how many times as much `ours` is as `theirs`: two maps from repetition to value. */
export function ratios(ours, theirs) {
  return [...ours].filter(([rep]) => theirs.has(rep)).map(([rep, value]) => value / theirs.get(rep));
}

/** Two decimals below 10, one below 100. */
export const figure = (value) => value.toFixed(value === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2);
