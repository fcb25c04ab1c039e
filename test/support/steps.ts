/** The result of steps that run in one go, as the product never does: inSlices() lets other work run in between. */
export function resultOf<T>(steps: Iterator<unknown, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
