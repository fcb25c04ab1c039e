import { scenarios } from './scenarios';
import type { Scenario } from './simulator';
import { v3Scenarios } from './v3Scenarios';

/** Every job that the simulator plays by its ID, of both APIs. */
export const allScenarios: readonly Scenario[] = [...scenarios, ...v3Scenarios];
