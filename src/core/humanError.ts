/** An error whose message a person can read and act on. Everything else is a defect: logged, not shown. */
export class HumanError extends Error {}
