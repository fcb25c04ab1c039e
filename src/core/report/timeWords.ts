/** A time in the user's time zone, with the date if it is not today. */
export const timeWords = (at: Date): string =>
  at.toDateString() === new Date().toDateString() ? at.toLocaleTimeString() : at.toLocaleString();
