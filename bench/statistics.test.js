import assert from "node:assert/strict";
import test from "node:test";
import { figure, interval, median, quantile, ratios, spread } from "./statistics.js";

test("a median is the middle value, or the mean of the two in the middle", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([7]), 7);
});

test("a quantile lies between two values on a straight line", () => {
  assert.equal(quantile([10, 20, 30, 40, 50], 0.25), 20);
  assert.equal(quantile([0, 10], 0.9), 9);
});

test("the spread is the middle half beside the median, so that one outlier does not count", () => {
  assert.equal(spread([9, 10, 10, 10, 11]), 0);
  assert.equal(spread([10, 10, 10, 10, 100]), 0);
  assert.equal(spread([8, 9, 10, 11, 12]), 0.2);
});

// From a table of the sign test's critical values, 95 %, two-sided.
for (const [count, cut] of [[6, 1], [7, 1], [8, 1], [9, 2], [11, 2], [12, 3], [15, 4], [20, 6], [25, 8], [50, 18]]) {
  test(`the median of ${count} values lies between the ${cut}. from both ends`, () => {
    const values = Array.from({ length: count }, (_, index) => index + 1);
    assert.deepEqual(interval(values.toReversed()), { low: cut, high: count + 1 - cut });
  });
}

test("fewer than six values have no interval", () => {
  for (let count = 0; count < 6; count++) assert.equal(interval(Array(count).fill(1)), undefined);
});

test("an interval holds the true median about as often as it says", () => {
  // A fixed sequence, skewed: the median of its distribution is 0.25.
  let seed = 1;
  const next = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  let held = 0;
  for (let turn = 0; turn < 2000; turn++) {
    const { low, high } = interval(Array.from({ length: 9 }, () => next() ** 2));
    if (low <= 0.25 && 0.25 <= high) held++;
  }
  // 96.1 % for nine values.
  assert.ok(held > 1900 && held < 1945, String(held));
});

test("ratios are of the same repetition; one that a site lacks is left out", () => {
  const [ours, theirs] = [new Map([[0, 1], [1, 6], [2, 3]]), new Map([[0, 2], [2, 1], [3, 5]])];
  assert.deepEqual(ratios(ours, theirs), [0.5, 3]);
});

test("a figure has three digits or so", () => {
  assert.deepEqual([0, 0.123, 9.5, 12.34, 123.4].map(figure), ["0", "0.12", "9.50", "12.3", "123"]);
});
