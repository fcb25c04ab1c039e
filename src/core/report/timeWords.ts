/** A time as the user's clock shows it, with the date where it is not today. */
export const timeWords = (at: Date): string =>
  at.toDateString() === new Date().toDateString() ? at.toLocaleTimeString() : at.toLocaleString();
