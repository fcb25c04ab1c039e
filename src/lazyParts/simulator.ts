/** The part that simulates Smile ID: loaded when the simulator starts. */
export { startSimulator } from '../node/simulator/server';
