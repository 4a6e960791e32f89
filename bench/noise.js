// How fast the machine is just now: a fixed piece of work, on all cores at once, as a visit uses more than one.
import { cpus } from "node:os";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { spread } from "./statistics.js";

/** About 20 ms of a core. */
const ROUNDS = 15_000_000;
/** What the visit before leaves to do, such as ending its renderer, is over by then, in ms. */
const PAUSE = 100;
/**
 * A figure is noisy if the middle half of its visits found the machine's speed to differ by more than this share. The median of seven pairs is then off
 * by about half of it (0.5 = 1.25 · √2 / √7 / 1.35), which is 5 %: the goals are given in tenths, and the closest of them are met or missed by so much.
 * Of two cores, 20 times differed by 1 % where nothing else ran, and by 24 to 84 % beside a browser or a build.
 */
export const BOUND = 0.1;

export const isNoisy = (speeds) => spread(speeds) > BOUND;

function work() {
  const begun = performance.now();
  let hash = 0;
  for (let round = 0; round < ROUNDS; round++) hash = Math.imul(hash ^ round, 0x01000193);
  return { time: performance.now() - begun, hash };
}

/** Does the piece of work when asked, a worker a core. */
export class Speed {
  #workers = cpus().map(() => new Worker(new URL(import.meta.url)));

  /** How long the slowest core takes, in ms. */
  async measure() {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    const times = this.#workers.map((worker) => new Promise((resolve) => {
      worker.once("message", ({ time }) => resolve(time));
      worker.postMessage("go");
    }));
    return Math.max(...(await Promise.all(times)));
  }

  close() {
    return Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

if (!isMainThread) parentPort.on("message", () => parentPort.postMessage(work()));
