/** The part that simulates Smile ID: loaded when the simulator starts, or a webhook of a scenario is sent. */
export { startSimulator } from '../node/simulator/server';
export { webhooksOfScenario } from '../node/simulator/webhooksOfScenario';
