/** An error whose message a user can read and act on. Every other error is a defect: logged, not shown. */
export class HumanError extends Error {}
